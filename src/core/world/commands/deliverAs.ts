import { sayHappened } from "../../watch/say";
import { modeSentence } from "../../watch/modeSentence";
import { happened, type CommandKind } from "../commandKind";
import { deliverAsSteps, deliveryMode, deliveryModes, rememberArrangement, restoreOrder, type Step } from "../deliveryMode";
import type { DeliveryMode } from "../spec";
import type { Topology } from "../topology";
import { addGroup } from "./addGroup";
import { alterGroup } from "./alterGroup";
import { moveConsumer } from "./moveConsumer";
import { removeGroup } from "./removeGroup";
import { limit, problem } from "./rules";

/** Several changes in one: who reads in which group from now on. */
export interface DeliverAs {
  readonly type: "deliverAs";
  readonly mode: DeliveryMode;
}

export const deliverAs: CommandKind<DeliverAs> = {
  type: "deliverAs",
  validate: (topology, { mode }) => {
    if (!deliveryModes(topology).includes(mode)) return problem("neverMixed", {});
    const added = deliverAsSteps(topology, mode).filter(({ type }) => type === "addGroup").length;
    return added === 0 ? null : limit(topology.groups.size + added - 1, "maxGroups");
  },
  fold: (topology, { mode }) => {
    const steps = deliverAsSteps(topology, mode);
    if (!isChange(topology, mode, steps)) return;
    if (mode !== deliveryMode(topology)) rememberArrangement(topology, steps);
    for (const step of steps) kinds[step.type].fold(topology, step);
    restoreOrder(topology, mode);
  },
  perform: (cluster, { mode }, before) => {
    const steps = deliverAsSteps(before, mode);
    if (!isChange(before, mode, steps)) return mode === deliveryMode(before) ? null : happened("mode.same", {}, null);
    for (const step of steps) sayHappened(cluster, kinds[step.type].perform(cluster, step, before, { kind: "mode", subject: mode }));
    return { ...modeSentence(cluster, mode, steps.flatMap((step) => (step.type === "removeGroup" ? [step.groupId] : []))), severity: "info" };
  },
  inverse: () => null,
};

/** What it is made of. Each step is carried out only once all are folded: nobody starts again in a group that is still to be changed. */
const kinds = { addGroup, alterGroup, moveConsumer, removeGroup } as unknown as Readonly<Record<Step["type"], CommandKind<Step>>>; // each by its own type

/** With one consumer there is no difference to make. */
function isChange(topology: Topology, mode: DeliveryMode, steps: readonly Step[]): boolean {
  return steps.length > 0 || (mode !== "pubsub" && mode !== deliveryMode(topology));
}
