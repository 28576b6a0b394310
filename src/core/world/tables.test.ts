import { expect, it } from "vitest";
import { applyDelta } from "../../store/readModel";
import { addCommandForm } from "../../scenario/commandKinds";
import { record, required } from "../../scenario/kinds/record";
import { wholeFrom } from "../../scenario/kinds/scalars";
import { parseCommand } from "../../scenario/schema";
import { addActorPart } from "../check/actorPart";
import { checkCheckpoint } from "../check/checkpointInvariants";
import { checkEvent } from "../check/invariants";
import { newTracer, traceEvent } from "../check/trace";
import { newWitness } from "../check/witness";
import { beginHistory } from "../history/begin";
import { give } from "../history/give";
import { advance, finish, windTo } from "../history/winding";
import { diffImages } from "../picture/delta";
import { addEntityKind, project } from "../picture/project";
import { timer } from "../sim/timer";
import { addActorKind } from "./actorKind";
import { actorsOf, addActor, type Actor, type Cluster } from "./cluster";
import { addCommand, commandKind, inverseOf, type Command } from "./command";
import { happened } from "./commandKind";
import { setTimer } from "./kernel/post";
import { TestWorld } from "./testWorld";

/** A tiny kind of actor: it rings. */
interface Bell extends Actor {
  readonly kind: "bell";
  readonly everyMs: number;
  rings: number;
}

interface AddBell {
  readonly type: "addBell";
  readonly everyMs: number;
}

const RING = timer("ring");
const isBell = (actor: Actor | undefined): actor is Bell => actor?.kind === "bell";
const bells = (cluster: Cluster): [string, Bell][] => Array.from(actorsOf(cluster, isBell), ([id, bell]) => [String(id), bell]);

addActorKind<Bell>({
  kind: "bell",
  nameOf: () => "bell",
  onMessage: () => undefined,
  onTimer: (cluster, id, bell) => {
    bell.rings++;
    setTimer(cluster, id, RING, cluster.nowUs + bell.everyMs * 1000);
  },
});
addActorPart<Bell>("bell", {
  check: (_witness, _cluster, _id, { rings }) => (rings > 1000 ? "it has rung too often" : null),
  progress: ({ rings }) => rings,
  trace: (_tracer, { nowUs }, _id, { rings }) => [`${nowUs / 1000} rung ${rings}`],
});
addCommand<AddBell>({
  type: "addBell",
  validate: (_topology, { everyMs }) => (everyMs > 0 ? null : { reason: "valueInvalid", params: {} }),
  fold: () => undefined,
  perform: (cluster, { everyMs }) => {
    const bell: Bell = { kind: "bell", everyMs, rings: 0 };
    setTimer(cluster, addActor(cluster, bell), RING, cluster.nowUs + everyMs * 1000);
    return happened("bell.added", { everyMs });
  },
  inverse: () => null,
});
addCommandForm<AddBell>({ type: "addBell", number: 999, kind: record({ everyMs: required(1, wholeFrom(0, 100)) }) });
addEntityKind({
  field: "bells",
  ids: ({ cluster }) => bells(cluster).map(([id]) => id),
  stamp: ({ cluster }, id) => [cluster.touched.get(Number(id))],
  project: ({ cluster }, id) => ({ rings: bells(cluster).find(([each]) => each === id)?.[1].rings }),
});

const bellsOf = (image: object): unknown => [...((image as { bells?: Map<string, { rings: number }> }).bells?.values() ?? [])].map(({ rings }) => rings);

it("CMD-8 a kind of command, of actor and of entity is one entry of a table each", () => {
  const { cluster } = new TestWorld();
  const { spec } = beginHistory({ seed: 1, network: cluster.topology.network, brokerConfigs: {}, topics: [], producers: [], groups: [], consumers: [] });
  const history = beginHistory(spec);
  const read = parseCommand({ type: "addBell", everyMs: 10 });
  if ("problem" in read) throw new Error("the command is refused");
  expect(parseCommand({ type: "addBell", everyMs: 1000 })).toHaveProperty("problem");
  expect(give(history, { type: "addBell", everyMs: 0 } as unknown as Command).problem?.reason).toBe("valueInvalid");
  const before = project(history.cluster, null);
  expect(give(history, read.command).problem).toBeNull();
  expect(inverseOf(read.command, history.cluster.topology)).toBeNull();
  expect(commandKind("addBell").type).toBe("addBell");

  const tracer = newTracer(history.cluster);
  const witness = { ...newWitness(), eventCount: history.cluster.eventCount };
  const lines: string[] = [];
  advance(history, 45_000, Infinity, (world, event) => {
    lines.push(...traceEvent(tracer, world, event));
    expect(checkEvent(witness, world, event)).toBeNull();
  });
  expect(lines.filter((line) => line.includes("rung"))).toEqual(["10 rung 1", "20 rung 2", "30 rung 3", "40 rung 4"]);
  expect(checkCheckpoint(witness, history.cluster)).toBeNull();

  const now = project(history.cluster, before);
  const shown = applyDelta(before.image, diffImages(before.image, now.image));
  expect(bellsOf(shown)).toEqual([4]);
  advance(history, 55_000);
  const later = project(history.cluster, now);
  expect(Object.keys(diffImages(now.image, later.image)).sort()).toEqual(["bells", "clock"]);

  expect(finish(windTo(history, { timeUs: 25_000, eventCount: null, applied: null }))).toBe("there");
  expect(bellsOf(project(history.cluster, null).image)).toEqual([2]);
});
