import type { WorkerMessage } from "../bridge/messages";
import type { Scenario } from "../scenario/scenario";
import { applyFrame, useTopiq } from "../store/topiqStore";
import { connectSimulation, openWorld, send, type SimulationPort } from "./simulation";
import { startUndo } from "./undo";

/** Connects a page without a picture to a worker, and opens a small world in it: two producers, one topic, one group of two consumers, at 1 s. */
export async function startTestWorld(worker: SimulationPort, changes: Partial<Scenario> = {}): Promise<void> {
  const { view } = useTopiq.getState();
  useTopiq.setState({ image: null, timeline: null, playback: null, selection: [], crash: null, view: { ...view, toast: null, dialog: null, connectingFrom: null } });
  connectSimulation(worker, "memory", takeIn);
  startUndo();
  const problem = await openWorld({ kind: "document", document: { ...testScenario, ...changes }, isForeign: false }, false);
  if (problem) throw new Error(`the test world does not open: ${JSON.stringify(problem)}`);
  await pictured();
}

/** What the page does with the worker's messages, its words and its drawing aside. */
function takeIn(message: WorkerMessage): void {
  if (message.type === "opened") useTopiq.setState({ scenario: message.scenario, image: null });
  if (message.type === "crashed") useTopiq.setState({ crash: message.message });
  if (message.type !== "frame") return;
  applyFrame(message);
  send({ type: "frameTaken" });
}

function pictured(): Promise<void> {
  return new Promise((resolve) => {
    const stop = useTopiq.subscribe(({ image }) => {
      if (!image) return;
      stop();
      resolve();
    });
  });
}

const source = { ratePerSecond: 2, keys: { kind: "none" }, valueSizeInBytes: 0 } as const;

export const testScenario: Scenario = {
  schemaVersion: 2,
  seed: 1,
  network: { latencyMs: 10, jitterMs: 0 },
  brokerConfigs: { "offsets.topic.replication.factor": 1, "group.initial.rebalance.delay.ms": 0 },
  topics: [{ name: "orders", partitions: 4, configs: {} }],
  producers: ["checkout", "mobile"].map((clientId) => ({ clientId, topics: ["orders"], source, configs: {} })),
  groups: [{ groupId: "billing", topics: ["orders"], configs: { "session.timeout.ms": 6000 } }],
  consumers: [
    { clientId: "c1", groupId: "billing", processing: { timeMs: 400 } },
    { clientId: "c2", groupId: "billing", processing: { timeMs: 800 } },
  ],
  name: { en: "Orders", ko: "주문" },
  description: "",
  startMs: 1000,
  speed: 1,
  verb: "addConsumer",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
};
