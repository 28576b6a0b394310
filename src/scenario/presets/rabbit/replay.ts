import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork } from "../slowedForTheEye";

export const replay: Scenario = {
  schemaVersion: 2,
  name: { en: "Replay from the start", ko: "처음부터 다시 읽기" },
  description: {
    en: "Group and queue have both done all their work. **Only the topic still has it**: a new group reads it again, from the start.",
    ko: "그룹과 큐가 모두 일을 마쳤습니다. **토픽에만 남아 있어**, 새 그룹이 처음부터 다시 읽을 수 있습니다.",
  },
  seed: 36,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 2, configs: {} }],
  producers: [ordersToAll(0.7, ["orders"], [{ exchange: "", routingKey: "orders.queue" }])],
  groups: [{ groupId: "billing", topics: ["orders"], configs: slowGroupConfigs }],
  consumers: [{ clientId: "c1", groupId: "billing", processing: { timeMs: 300 } }],
  startMs: 45_000,
  speed: 1,
  verb: "addGroup",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
  amqp: {
    exchanges: [],
    queues: [plainQueue("orders.queue")],
    receivers: [plainReceiver("r1", "orders.queue", 600)],
  },
};
