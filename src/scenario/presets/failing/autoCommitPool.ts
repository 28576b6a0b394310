import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork, slowProducerConfigs } from "../slowedForTheEye";

const POOL = { timeMs: 5000, workers: 8 } as const;

export const autoCommitPool: Scenario = {
  schemaVersion: 2,
  name: { en: "Auto commit with a pool of workers", ko: "작업자 풀과 자동 커밋" },
  description: {
    en: "Each consumer hands its records to eight workers, and reads on. **What it has handed on is committed, done or not**: a crash loses it.",
    ko: "컨슈머마다 레코드를 작업자 8개에 넘기고 계속 읽습니다. **넘긴 것은 끝나지 않아도 커밋되어**, 비정상 종료되면 잃습니다.",
  },
  seed: 45,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 2, configs: {} }],
  producers: [
    {
      clientId: "checkout",
      topics: ["orders"],
      source: { ratePerSecond: 1.5, keys: { kind: "range", prefix: "user-", from: 1, to: 8 }, valueSizeInBytes: 0 },
      configs: slowProducerConfigs,
    },
  ],
  groups: [{ groupId: "billing", topics: ["orders"], configs: slowGroupConfigs }],
  consumers: [
    { clientId: "c1", groupId: "billing", processing: POOL },
    { clientId: "c2", groupId: "billing", processing: POOL },
  ],
  startMs: 24_000,
  speed: 1,
  verb: "killReaders",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
};
