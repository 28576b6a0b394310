import { describe, expect, it } from "vitest";
import type { CreateTopicsResponse } from "../../kafka/api/topics";
import { ErrorCode } from "../../kafka/errors";
import { commit } from "../group/testCoordinator";
import { metadataImage, replayMetadata } from "../metadata/metadataImage";
import { decodeMetadataRecord } from "../metadata/metadataLog";
import { batchOf, produceRequest, TestBroker } from "../testBroker";
import { CLUSTER_METADATA_TOPIC, CONSUMER_OFFSETS_TOPIC } from "../../kafka/names";

interface Asked {
  readonly name: string;
  readonly numPartitions?: number;
  readonly replicationFactor?: number;
  readonly configs?: readonly { readonly name: string; readonly value: string | null }[];
}

function create(test: TestBroker, { name, numPartitions = 1, replicationFactor = 1, configs = [] }: Asked): CreateTopicsResponse["topics"][number] | undefined {
  return test.ask({ api: "CreateTopics", timeoutMs: 1000, topics: [{ name, numPartitions, replicationFactor, configs }] }).topics[0];
}

describe("CreateTopics", () => {
  it("MET-1 given a new topic, then it has an id of 22 characters, and empty logs that this broker leads", () => {
    const test = new TestBroker();
    const answer = create(test, { name: "orders", numPartitions: 3 });
    expect(answer).toMatchObject({ name: "orders", errorCode: 0, errorMessage: null, numPartitions: 3, replicationFactor: 1 });
    expect(answer?.topicId).toMatch(/^[\w-]{22}$/);
    expect([0, 1, 2].map((partition) => test.log("orders", partition).logEndOffset)).toEqual([0, 0, 0]);
    const partition = { leader: 1, leaderEpoch: 0, replicas: [1], isr: [1] };
    expect(test.broker.metadata.topics.get("orders")?.partitions).toEqual([partition, partition, partition]);
  });

  it("MET-1 given -1, then num.partitions and default.replication.factor count", () => {
    expect(create(new TestBroker({ "num.partitions": 6 }), { name: "orders", numPartitions: -1, replicationFactor: -1 })).toMatchObject({ errorCode: 0, numPartitions: 6, replicationFactor: 1 });
  });

  it.each<[string, number, Asked]>([
    ["a name in use", ErrorCode.TOPIC_ALREADY_EXISTS, { name: "taken" }],
    ["a bad letter", ErrorCode.INVALID_TOPIC_EXCEPTION, { name: "or ders" }],
    ["no name", ErrorCode.INVALID_TOPIC_EXCEPTION, { name: "" }],
    ["two dots", ErrorCode.INVALID_TOPIC_EXCEPTION, { name: ".." }],
    ["250 letters", ErrorCode.INVALID_TOPIC_EXCEPTION, { name: "a".repeat(250) }],
    ["no partitions", ErrorCode.INVALID_PARTITIONS, { name: "orders", numPartitions: 0 }],
    ["more replicas than brokers", ErrorCode.INVALID_REPLICATION_FACTOR, { name: "orders", replicationFactor: 2 }],
    ["a config out of range", ErrorCode.INVALID_CONFIG, { name: "orders", configs: [{ name: "segment.bytes", value: "14" }] }],
    ["an unknown config", ErrorCode.INVALID_CONFIG, { name: "orders", configs: [{ name: "colour", value: "red" }] }],
  ])("MET-1 refuses %s, and writes nothing", (_, errorCode, asked) => {
    const test = new TestBroker();
    create(test, { name: "taken" });
    const end = test.log(CLUSTER_METADATA_TOPIC).logEndOffset;
    expect(create(test, asked)?.errorCode).toBe(errorCode);
    expect(test.log(CLUSTER_METADATA_TOPIC).logEndOffset).toBe(end);
    expect([...test.broker.metadata.topics.keys()]).toEqual(["taken"]);
  });

  it.each(["a.b_c-D9", "a".repeat(249)])("MET-1 takes the name %s", (name) => expect(create(new TestBroker(), { name })?.errorCode).toBe(ErrorCode.NONE));
});

describe("CreatePartitions", () => {
  const add = (test: TestBroker, name: string, count: number): number | undefined => test.ask({ api: "CreatePartitions", timeoutMs: 1000, topics: [{ name, count }] }).results[0]?.errorCode;

  it("MET-2 given more, then empty ones are added and nothing is moved", () => {
    const test = new TestBroker();
    test.createTopic("orders", 2);
    test.ask(produceRequest("orders", { 0: batchOf(["a"]) }));
    expect(add(test, "orders", 4)).toBe(ErrorCode.NONE);
    expect([0, 1, 2, 3].map((partition) => test.log("orders", partition).recordCount)).toEqual([1, 0, 0, 0]);
  });

  it.each([
    ["orders", 2, ErrorCode.INVALID_PARTITIONS],
    ["orders", 1, ErrorCode.INVALID_PARTITIONS],
    ["payments", 3, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
  ])("MET-2 refuses %s with %d: partitions only ever grow", (name, count, errorCode) => {
    const test = new TestBroker();
    test.createTopic("orders", 2);
    expect(add(test, name, count)).toBe(errorCode);
    expect(test.broker.metadata.topics.get("orders")?.partitions.length).toBe(2);
  });
});

describe("DeleteTopics", () => {
  it("MET-3 given a topic with records and commits, when it is deleted and made again, then it is empty, uncommitted, and has another id", () => {
    const test = new TestBroker();
    test.createTopic("orders", 2);
    test.createTopic("payments");
    const before = test.broker.metadata.topics.get("orders")?.topicId;
    test.ask(produceRequest("orders", { 0: batchOf(["a"]) }));
    test.ask({ api: "FindCoordinator", keyType: 0, coordinatorKeys: ["g"] });
    test.ask(commit());
    const deleted = test.ask({ api: "DeleteTopics", timeoutMs: 1000, topicNames: ["orders", "nothing"] });
    expect(deleted.responses).toEqual([
      { name: "orders", topicId: before, errorCode: ErrorCode.NONE },
      { name: "nothing", topicId: "", errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION },
    ]);
    expect([...test.broker.logs.keys()].filter((name) => !name.startsWith("__"))).toEqual(["payments-0"]);
    expect(test.coordinator("g").offsets.size).toBe(0);
    test.createTopic("orders", 1);
    expect(test.log("orders").logEndOffset).toBe(0);
    expect(test.broker.metadata.topics.get("orders")?.topicId).not.toBe(before);
  });
});

describe("Metadata", () => {
  it("MET-4 tells who leads what; of an unknown topic only that it is unknown", () => {
    const test = new TestBroker();
    test.createTopic("orders", 1);
    const topicId = test.broker.metadata.topics.get("orders")?.topicId;
    const partition = { errorCode: 0, partitionIndex: 0, leaderId: 1, leaderEpoch: 0, replicaNodes: [1], isrNodes: [1] };
    expect(test.ask({ api: "Metadata", topics: ["orders", "payments"] })).toEqual({
      api: "Metadata",
      brokers: [{ nodeId: 1 }],
      controllerId: 1,
      topics: [
        { errorCode: 0, name: "orders", topicId, isInternal: false, partitions: [partition] },
        { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name: "payments", topicId: "", isInternal: false, partitions: [] },
      ],
    });
  });

  it("MET-4 given null, then all topics, the internal ones marked; given none, none", () => {
    const test = new TestBroker();
    test.createTopic("orders", 1);
    test.ask({ api: "FindCoordinator", keyType: 0, coordinatorKeys: ["g"] });
    const all = test.ask({ api: "Metadata", topics: null }).topics;
    expect(all.map(({ name, isInternal }) => [name, isInternal])).toEqual([["orders", false], [CONSUMER_OFFSETS_TOPIC, true]]);
    expect(test.ask({ api: "Metadata", topics: [] }).topics).toEqual([]);
  });
});

describe("configs", () => {
  const alter = (test: TestBroker, name: string, value: string | null, configOperation = 0, resourceName = "orders"): number | undefined =>
    test.ask({ api: "IncrementalAlterConfigs", resources: [{ resourceType: "TOPIC", resourceName, configs: [{ name, configOperation, value }] }] }).responses[0]?.errorCode;
  const describeOne = (test: TestBroker, name: string): unknown =>
    test.ask({ api: "DescribeConfigs", resources: [{ resourceType: "TOPIC", resourceName: "orders", configurationKeys: [name] }] }).results[0]?.configs;

  it("MET-5 given a config that is set and deleted again, then it is in effect at once, told, and the default is back", () => {
    const test = new TestBroker();
    test.createTopic("orders");
    expect(alter(test, "max.message.bytes", "60")).toBe(ErrorCode.NONE);
    expect(describeOne(test, "max.message.bytes")).toEqual([{ name: "max.message.bytes", value: "60", isDefault: false, defaultValue: "1048588" }]);
    expect(test.ask(produceRequest("orders", { 0: batchOf(["a"]) })).responses[0]?.partitionResponses[0]?.errorCode).toBe(ErrorCode.MESSAGE_TOO_LARGE);
    expect(alter(test, "max.message.bytes", null, 1)).toBe(ErrorCode.NONE);
    expect(describeOne(test, "max.message.bytes")).toEqual([{ name: "max.message.bytes", value: "1048588", isDefault: true, defaultValue: "1048588" }]);
  });

  it("MET-5 refuses a wrong value and an unknown topic", () => {
    const test = new TestBroker();
    test.createTopic("orders");
    expect(alter(test, "retention.ms", "soon")).toBe(ErrorCode.INVALID_CONFIG);
    expect(alter(test, "retention.ms", "5", 0, "payments")).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    expect(test.broker.metadata.topics.get("orders")?.configs).toEqual({});
  });
});

describe("the metadata log", () => {
  it("MET-6 given all that was done, then the fold of the log is what the broker knows", () => {
    const test = new TestBroker();
    test.createTopic("orders", 2, { "retention.ms": "60000", "cleanup.policy": "compact" });
    test.createTopic("payments");
    test.ask({ api: "CreatePartitions", timeoutMs: 1000, topics: [{ name: "orders", count: 3 }] });
    test.ask({ api: "IncrementalAlterConfigs", resources: [{ resourceType: "TOPIC", resourceName: "orders", configs: [{ name: "retention.ms", configOperation: 1, value: null }] }] });
    test.ask({ api: "DeleteTopics", timeoutMs: 1000, topicNames: ["payments"] });
    const image = metadataImage();
    const { pages, highWatermark, logEndOffset } = test.log(CLUSTER_METADATA_TOPIC);
    for (const batch of pages.flatMap(({ written }) => written)) for (const value of batch?.columns.values ?? []) replayMetadata(image, decodeMetadataRecord(value));
    expect(image).toEqual(test.broker.metadata);
    expect(image.topics.get("orders")).toMatchObject({ configs: { "cleanup.policy": "compact" }, partitions: { length: 3 } });
    expect(highWatermark).toBe(logEndOffset);
  });
});

describe("FindCoordinator", () => {
  it("MET-7 the first time, __consumer_offsets is made, compacted; this broker coordinates every group", () => {
    const test = new TestBroker();
    const ask = (): unknown => test.ask({ api: "FindCoordinator", keyType: 0, coordinatorKeys: ["a", "b"] }).coordinators;
    const coordinators = [{ key: "a", nodeId: 1, errorCode: 0 }, { key: "b", nodeId: 1, errorCode: 0 }];
    expect(ask()).toEqual(coordinators);
    expect(test.broker.metadata.topics.get(CONSUMER_OFFSETS_TOPIC)).toMatchObject({ configs: { "cleanup.policy": "compact" }, partitions: { length: 50 } });
    const end = test.log(CLUSTER_METADATA_TOPIC).logEndOffset;
    expect(ask()).toEqual(coordinators);
    expect(test.log(CLUSTER_METADATA_TOPIC).logEndOffset).toBe(end);
  });

  it("MET-7 given Kafka's default of three replicas on one broker, then there is no coordinator", () => {
    const test = new TestBroker({ "offsets.topic.replication.factor": 3 });
    const { coordinators } = test.ask({ api: "FindCoordinator", keyType: 0, coordinatorKeys: ["a"] });
    expect(coordinators).toEqual([{ key: "a", nodeId: -1, errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE }]);
    expect(test.broker.metadata.topics.size).toBe(0);
  });

  it("MET-8 given a commit, then it stands as a record in the group's partition of __consumer_offsets before it is answered", () => {
    const test = new TestBroker({ "offsets.topic.num.partitions": 5 });
    test.createTopic("orders");
    test.ask({ api: "FindCoordinator", keyType: 0, coordinatorKeys: ["g"] });
    test.ask(commit());
    const written = [0, 1, 2, 3, 4].map((partition) => test.log(CONSUMER_OFFSETS_TOPIC, partition).highWatermark);
    // "g" has the hash code 103.
    expect(written).toEqual([0, 0, 0, 1, 0]);
  });

  it("MET-8 given a commit for a topic that is not there, then that part of it is refused and not written", () => {
    const test = new TestBroker({ "offsets.topic.num.partitions": 1 });
    test.createTopic("orders");
    test.ask({ api: "FindCoordinator", keyType: 0, coordinatorKeys: ["g"] });
    const [orders] = commit().topics;
    const ask = (...names: readonly string[]): unknown =>
      test.ask(commit({ topics: names.map((name) => ({ name, partitions: orders?.partitions ?? [] })) })).topics.map(({ name, partitions }) => [name, partitions[0]?.errorCode]);
    expect(ask("gone", "orders")).toEqual([["orders", ErrorCode.NONE], ["gone", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]]);
    expect(ask("gone")).toEqual([["gone", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]]);
    expect([...(test.coordinator("g").offsets.get("g")?.keys() ?? [])]).toEqual(["orders-0"]);
    expect(test.log(CONSUMER_OFFSETS_TOPIC).logEndOffset).toBe(1);
  });
});
