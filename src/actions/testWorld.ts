import type { PageMessage, WorkerMessage } from "../bridge/messages";
import type { CommandProblem } from "../core/cluster/command";
import type { ClusterImage } from "../core/cluster/image";
import type { Scenario } from "../scenario/scenario";
import { useTopiq } from "../store/topiqStore";
import { connectSimulation, type SimulationPort } from "./simulation";
import { startUndo } from "./undo";

/** A worker that only answers: what was sent to it, and how it takes the next command, are the test's. */
export class FakeWorker implements SimulationPort {
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null = null;
  readonly sent: PageMessage[] = [];
  nextProblem: CommandProblem | null = null;
  nextForks = false;
  timeUs = 1_000_000;

  postMessage(message: PageMessage): void {
    this.sent.push(message);
    if (message.type !== "submit") return;
    const problem = this.nextProblem;
    const forked = this.nextForks;
    this.nextProblem = null;
    this.nextForks = false;
    const journalIndex = useTopiq.getState().playback?.journalLength ?? 0;
    if (!problem) advanceJournal(forked);
    const entry = problem ? null : { timeUs: this.timeUs, eventCount: 0, command: message.command };
    this.answer({ type: "submitted", worldId: message.worldId, requestId: message.requestId, problem, forked, entry, journalIndex });
  }

  answer(message: WorkerMessage): void {
    // Only the data of the event is ever read.
    this.onmessage?.({ data: message } as MessageEvent<WorkerMessage>);
  }

  /** The commands given, in order. */
  commands(): readonly string[] {
    return this.sent.flatMap((message) => (message.type === "submit" ? [message.command.type] : []));
  }
}

/** Connects a fake worker and fills the store with a small world: two producers, one topic, one group of two consumers. */
export function startTestWorld(): FakeWorker {
  const worker = new FakeWorker();
  connectSimulation(worker, "memory", () => {});
  startUndo();
  const { view } = useTopiq.getState();
  useTopiq.setState({
    image: testImage(),
    scenario: testScenario(),
    timeline: { startUs: 0, endUs: 2_000_000, markers: [], lag: { timesUs: [], groups: new Map() } },
    playback: { playing: true, speed: 1, speedReached: 1, timeUs: 1_000_000, journalLength: 0, futureDropped: false, oldestReachableUs: 0 },
    selection: [],
    crash: null,
    view: { ...view, toast: null, dialog: null, connectingFrom: null },
  });
  return worker;
}

function advanceJournal(forked: boolean): void {
  useTopiq.setState(({ playback }) => ({
    playback: playback && { ...playback, journalLength: playback.journalLength + 1, futureDropped: playback.futureDropped || forked },
  }));
}

function testScenario(): Scenario {
  const { network } = testImage().clock;
  return {
    schemaVersion: 2,
    seed: 1,
    network,
    brokerConfigs: {},
    topics: [],
    producers: [],
    groups: [],
    consumers: [],
    name: { en: "Orders", ko: "주문" },
    description: "",
    startMs: 0,
    speed: 1,
    verb: "addConsumer",
    layout: {},
    labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
  };
}

function testImage(): ClusterImage {
  const source = { ratePerSecond: 2, keys: { kind: "none" }, valueSizeInBytes: 0 } as const;
  const producer = (clientId: string, actor: number) => ({
    spec: { clientId, topics: ["orders"], source, configs: {} },
    actor,
    sent: 0,
    acknowledged: 0,
    failed: 0,
    buffered: 0,
    requestsInFlight: 0,
    decisions: [],
  });
  const consumer = (clientId: string, actor: number, timeMs: number) => ({
    spec: { clientId, groupId: "billing", processing: { timeMs } },
    actor,
    phase: "active" as const,
    memberId: clientId,
    assignment: [],
    inWork: null,
    waiting: [],
    waitingCount: 0,
    processed: 0,
    lastCommitUs: null,
    why: null,
  });
  const topic = (name: string, index: number, internal: boolean) => ({ name, index, topicId: name, internal, partitions: 4, recordCount: 0, sizeInBytes: 0, configs: {} });
  const billing = {
    spec: { groupId: "billing", topics: ["orders"], configs: { "session.timeout.ms": 6000 } },
    letter: 0,
    state: "Stable",
    generationId: 1,
    protocolName: "range",
    leader: "c1",
    consumers: ["c1", "c2"],
    isPositioned: true,
    lag: 0,
    processed: 0,
    rebalances: 1,
    coordinatorPartition: 0,
  };
  return {
    clock: { timeUs: 1_000_000, eventCount: 10, mode: "queue", network: { latencyMs: 200, jitterMs: 0 } },
    brokers: new Map(),
    topics: new Map([topic("orders", 0, false), topic("__consumer_offsets", 1, true)].map((image) => [image.name, image])),
    partitions: new Map(),
    producers: new Map([producer("checkout", 1), producer("mobile", 2)].map((image) => [image.spec.clientId, image])),
    groups: new Map([["billing", billing]]),
    consumers: new Map([consumer("c1", 3, 400), consumer("c2", 4, 800)].map((image) => [image.spec.clientId, image])),
    messages: [],
    narration: { id: "scene.queue", params: {} },
    limitsReached: [],
    audit: new Map(),
  };
}
