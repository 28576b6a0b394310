import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowNetwork } from "../slowedForTheEye";

export const asynchronousWork: Scenario = {
  schemaVersion: 2,
  name: { en: "Asynchronous work", ko: "비동기 작업" },
  description: {
    en: "The shop hands its e-mails to a queue, and **answers its customers without waiting for them**. Now one receiver is not enough.",
    ko: "쇼핑몰은 메일 보내는 일을 큐에 맡기고 **기다리지 않고 고객에게 응답합니다**. 지금은 한 수신자가 하기에 많습니다.",
  },
  seed: 34,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [],
  producers: [{ ...ordersToAll(1.4, [], [{ exchange: "", routingKey: "mails" }]), clientId: "shop" }],
  groups: [],
  consumers: [],
  startMs: 30_000,
  speed: 1,
  verb: "addReceiver",
  layout: {},
  labels: { "producer:shop": { en: "web shop", ko: "쇼핑몰" } },
  amqp: {
    exchanges: [],
    queues: [plainQueue("mails")],
    receivers: [plainReceiver("r1", "mails", 1000)],
  },
};
