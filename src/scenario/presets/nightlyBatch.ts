import type { Scenario } from "../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork, slowProducerConfigs } from "./slowedForTheEye";

export const nightlyBatch: Scenario = {
  schemaVersion: 2,
  name: { en: "A nightly batch job", ko: "야간 배치 작업" },
  description: {
    en: "Visits gather in the log all day, and nobody reads. **At night a consumer comes, and reads a whole day at once.**",
    ko: "방문 기록이 하루 종일 로그에 쌓이고 아무도 읽지 않습니다. **밤에 컨슈머가 와서 하루치를 한 번에 읽습니다.**",
  },
  seed: 40,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "visits", partitions: 2, configs: {} }],
  producers: [
    {
      clientId: "website",
      topics: ["visits"],
      source: { ratePerSecond: 0.7, keys: { kind: "range", prefix: "page-", from: 1, to: 8 }, valueSizeInBytes: 0 },
      configs: slowProducerConfigs,
    },
  ],
  // A batch takes all that there is: as many records at once as Kafka's default lets it.
  groups: [{ groupId: "report", topics: ["visits"], configs: { ...slowGroupConfigs, "max.poll.records": 500 } }],
  consumers: [],
  startMs: 50_000,
  speed: 1,
  verb: "addConsumer",
  layout: {},
  labels: { "producer:website": { en: "website", ko: "웹사이트" } },
};
