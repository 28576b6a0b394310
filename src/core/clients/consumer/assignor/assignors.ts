import type { Assignor, AssignorName } from "./assignor";
import { cooperativeStickyAssignor } from "./cooperativeSticky";
import { rangeAssignor } from "./range";
import { roundRobinAssignor } from "./roundRobin";
import { stickyAssignor } from "./sticky";

/** The built-in assignors by name. */
export const assignors: Readonly<Record<AssignorName, Assignor>> = {
  range: rangeAssignor,
  roundrobin: roundRobinAssignor,
  sticky: stickyAssignor,
  "cooperative-sticky": cooperativeStickyAssignor,
};
