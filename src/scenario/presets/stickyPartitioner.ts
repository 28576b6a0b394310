import type { Scenario } from "../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork, slowProducerConfigs } from "./slowedForTheEye";

export const stickyPartitioner: Scenario = {
  schemaVersion: 2,
  name: { en: "No keys: the sticky partitioner", ko: "키가 없을 때: 스티키 파티셔너" },
  description: {
    en: "Records without a key stay on one partition for about batch.size bytes, then move to a random one. A producer with keys goes by their hash.",
    ko: "키가 없는 레코드는 약 batch.size 바이트 동안 한 파티션에 고정되었다가 무작위로 옮겨 갑니다. 키가 있는 프로듀서를 추가하면 해시로 파티션을 고릅니다.",
  },
  seed: 26,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "clicks", partitions: 4, configs: {} }],
  producers: [
    {
      clientId: "web-clicks",
      topics: ["clicks"],
      source: { ratePerSecond: 3, keys: { kind: "none" }, valueSizeInBytes: 60 },
      configs: { ...slowProducerConfigs, "batch.size": 400, "linger.ms": 500 },
    },
  ],
  groups: [{ groupId: "analytics", topics: ["clicks"], configs: slowGroupConfigs }],
  consumers: [
    { clientId: "c1", groupId: "analytics", processing: { timeMs: 400 } },
    { clientId: "c2", groupId: "analytics", processing: { timeMs: 400 } },
  ],
  startMs: 20000,
  speed: 1,
  verb: "addProducer",
  layout: {},
  labels: { "producer:web-clicks": { en: "web clicks", ko: "웹 클릭" } },
};
