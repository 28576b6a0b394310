import { type Part, trial } from "./part";
import type { Side } from "./sides/side";
import { busyScene, type QueueDocument, queueScene, type SceneDocument } from "./scenes";

/** The engine alone, in Node: what it could do if nothing had to be shown or kept. */
export const engine: Part = {
  name: "engine",
  title: "Engine alone, in Node, by npm run simulate (one broker, RF 1; 4 producers, 4 groups of 3, each record processed by all 4)",
  needsBrowser: false,
  trials: [
    trial(
      {
        records: { what: "1 record a batch", unit: "records/s", goal: "1,000,000" },
        events: { what: "    events of the simulation", unit: "events/s" },
      },
      async (side) => {
        const { records, events } = await engineOf(side, busyScene(1));
        return { records, events };
      },
    ),
    trial(
      {
        records: { what: "some 16 records a batch", unit: "records/s", goal: "4,000,000" },
        events: { what: "    events of the simulation", unit: "events/s" },
        garbage: { what: "    garbage of a record", unit: "bytes" },
      },
      (side) => engineOf(side, busyScene(16)),
    ),
    trial(
      {
        records: { what: "the same by queues: a fanout exchange, 4 queues of 3 receivers, a message at a time", unit: "messages/s", goal: "0.4 x the first line" },
        events: { what: "    events of the simulation", unit: "events/s" },
      },
      async (side) => {
        const { records, events } = await engineOf(side, queueScene());
        return { records, events };
      },
    ),
  ],
};

/** Virtual ms of a short and of a long run: what starting takes is the same in both, so that it does not count. */
const SHORT_MS = 2000;
const LONG_MS = 12_000;

async function engineOf(side: Side, scene: SceneDocument | QueueDocument): Promise<{ readonly records: number; readonly events: number; readonly garbage: number }> {
  const short = await side.simulate(scene, SHORT_MS);
  const long = await side.simulate(scene, LONG_MS);
  const seconds = (long.wallMs - short.wallMs) / 1000;
  const records = long.records - short.records;
  return { records: records / seconds, events: (long.events - short.events) / seconds, garbage: (long.freedBytes - short.freedBytes) / records };
}
