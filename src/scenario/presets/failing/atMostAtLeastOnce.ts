import type { GroupSpec } from "../../../core/world/spec";
import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork } from "../slowedForTheEye";

export const atMostAtLeastOnce: Scenario = {
  schemaVersion: 2,
  name: { en: "At most once, at least once", ko: "최대 한 번, 최소 한 번" },
  description: {
    en: "Two readers say \"done\" before they work, and two after. **Whoever dies in between loses work, or does it twice.**",
    ko: "둘은 일하기 전에, 둘은 일한 뒤에 끝났다고 알립니다. **그 사이에 종료되면 일을 잃거나 두 번 합니다.**",
  },
  seed: 42,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 1, configs: {} }],
  producers: [ordersToAll(1.2, ["orders"], [{ exchange: "", routingKey: "early.queue" }, { exchange: "", routingKey: "late.queue" }])],
  groups: [batchesOfEight("early"), batchesOfEight("late")],
  consumers: [
    { clientId: "c1", groupId: "early", processing: { timeMs: 780, settle: "before" } },
    { clientId: "c2", groupId: "late", processing: { timeMs: 780, settle: "after" } },
  ],
  startMs: 30_000,
  speed: 1,
  verb: "killReaders",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
  amqp: {
    exchanges: [],
    queues: [plainQueue("early.queue"), plainQueue("late.queue")],
    receivers: [
      { ...plainReceiver("r1", "early.queue", 780), prefetchCount: 0, noAck: true },
      { ...plainReceiver("r2", "late.queue", 780), prefetchCount: 8, processing: { timeMs: 780, settle: "after" } },
    ],
  },
};

/** It commits by itself, once for several records. */
function batchesOfEight(groupId: string): GroupSpec {
  return { groupId, topics: ["orders"], configs: { ...slowGroupConfigs, "enable.auto.commit": false, "max.poll.records": 8 } };
}
