import { describe, expect, it } from "vitest";
import { partitionLog, appendAsLeader, recordsBetween } from "../broker/log/partitionLog";
import type { PartitionLog } from "../broker/log/partitionLog";
import { makeRecordBatch } from "../kafka/records/makeRecordBatch";
import type { RecordBatch } from "../kafka/records/recordBatch";
import { bootCluster } from "../world/boot";
import type { AuditImage } from "../picture/image";
import { randomCommand, randomSpec } from "../check/random/randomWorld";
import { runNext } from "../world/kernel/run";
import { submit } from "../world/submit";
import { nextBelow, randomStream } from "../sim/random";
import { groupWorld, numbered, TestWorld } from "../world/testWorld";
import { foldFact, leaderLog, newActual } from "./actual";
import { audit, type TopicAudit } from "./auditState";
import { forgetPartition, onAcknowledged, onPositioned, onStored } from "./audit";
import { onProcessed } from "./auditDone";
import { auditImages } from "./auditImage";
import { groupWaiting } from "./position";

const PRODUCER = 5;

/** The watchers of one partition `orders-0` and one group `g`, told what happens. */
class Watched {
  readonly state = audit();
  readonly actual = newActual();
  readonly keys = new Map<string, number>();
  private readonly leader = partitionLog("orders", 0, "id");
  private readonly place = { topic: "orders", topicId: "id", partition: 0 };

  constructor() {
    foldFact(this.actual, 1, { type: "metadata", record: { type: "TopicRecord", name: "orders", topicId: "id" } });
    foldFact(this.actual, 1, { type: "metadata", record: { type: "PartitionRecord", topicId: "id", partitionId: 0, replicas: [1], isr: [1], leader: 1, leaderEpoch: 0 } });
  }

  get log(): PartitionLog {
    return leaderLog(this.actual, "orders", 0) as PartitionLog; // made above
  }

  /** Stores a batch of these sends, acknowledged or not. */
  store(sendNumbers: readonly number[], { key = null, isAcknowledged = true }: { readonly key?: string | null; readonly isAcknowledged?: boolean } = {}): RecordBatch {
    const batch = makeRecordBatch({ keys: sendNumbers.map(() => key), values: sendNumbers.map(String), baseTimestampMs: 0, origin: { producerActor: PRODUCER, sendNumbers } });
    const page = appendAsLeader(this.leader, batch);
    foldFact(this.actual, 1, { type: "stored", log: this.place, page });
    foldFact(this.actual, 1, { type: "highWatermark", log: this.place, offset: this.log.logEndOffset });
    onStored(this.state, this.place, page);
    if (isAcknowledged) this.acknowledge(batch);
    return batch;
  }

  acknowledge(batch: RecordBatch): void {
    onAcknowledged(this.state, "orders", 0, batch);
  }

  position(offset: number): void {
    onPositioned(this.state, this.actual, { groupId: "g", memberId: "m", topic: "orders", partition: 0, offset, from: "reset" });
  }

  /** The group processes what stands at these offsets. */
  process(...offsets: readonly number[]): void {
    for (const offset of offsets) this.processBy(true, offset);
  }

  processBy(isMember: boolean, offset: number): void {
    for (const { page, slot } of recordsBetween(this.log, offset, offset + 1)) {
      onProcessed(this.state, this.actual, this.keys, { groupId: "g", memberId: isMember ? "m" : "", topic: "orders", partition: 0, page, from: slot, to: slot + 1, next: null });
    }
  }

  counts(): TopicAudit | undefined {
    return this.state.groups.get("g")?.topics.get("orders");
  }
}

const nothing = { processed: 0, setAside: 0, lost: 0, twice: 0, outOfOrder: 0, beforeStart: 0, beforeStartAcknowledged: 0, partitionsAtStart: 1 };

describe("AUD-1 a record is counted by its own identity", () => {
  it("given a record that is processed three times, then it is one, and was read more than once", () => {
    const watched = new Watched();
    watched.store([0, 1]);
    watched.position(0);
    watched.process(0, 1, 0, 0);
    expect(watched.counts()).toEqual({ ...nothing, processed: 2, twice: 1 });
  });

  it("given a record that stands in the log twice, because its producer tried again, then it is stored once and processed twice", () => {
    const watched = new Watched();
    watched.store([0]);
    watched.store([0]);
    watched.position(0);
    watched.process(0, 1);
    expect(watched.state.partitions.get("orders-0")).toEqual({ stored: 1, acknowledged: 1, copies: 1 });
    expect(watched.counts()).toEqual({ ...nothing, processed: 1, twice: 1 });
  });

  it("given acks=0, then a record is acknowledged before it is stored, and counts when it is", () => {
    const watched = new Watched();
    const batch = makeRecordBatch({ keys: [null], values: ["a"], baseTimestampMs: 0, origin: { producerActor: PRODUCER, sendNumbers: [0] } });
    onAcknowledged(watched.state, "orders", 0, batch);
    expect(watched.state.partitions.get("orders-0")).toEqual({ stored: 0, acknowledged: 0, copies: 0 });
    onStored(watched.state, { topic: "orders", topicId: "id", partition: 0 }, appendAsLeader(partitionLog("orders", 0), batch));
    expect(watched.state.partitions.get("orders-0")).toEqual({ stored: 1, acknowledged: 1, copies: 0 });
  });
});

describe("AUD-2 lost", () => {
  it("is what a group's position passes over unprocessed, once; whoever processes it after all has found it", () => {
    const watched = new Watched();
    watched.store([0, 1, 2, 3, 4]);
    watched.position(0);
    watched.process(0, 2);
    watched.position(4);
    expect(watched.counts()).toEqual({ ...nothing, processed: 2, lost: 2 });
    watched.position(1);
    watched.position(4);
    expect(watched.counts()).toEqual({ ...nothing, processed: 2, lost: 2 });
    watched.process(1, 3);
    expect(watched.counts()).toEqual({ ...nothing, processed: 4 });
  });

  it("is not what a group goes back over, and not what it has yet to read", () => {
    const watched = new Watched();
    watched.store([0, 1, 2]);
    watched.position(0);
    watched.process(0, 1);
    watched.position(0);
    watched.position(2);
    expect(watched.counts()).toEqual({ ...nothing, processed: 2 });
  });
});

describe("AUD-3 before the start", () => {
  it("given a record that somebody reads whom the group has given up, before or after the group begins, then it counts as read", () => {
    for (const isFirst of [true, false]) {
      const watched = new Watched();
      watched.store([0, 1, 2]);
      if (!isFirst) watched.position(2);
      watched.processBy(false, 0);
      if (isFirst) watched.position(2);
      expect(watched.counts()).toMatchObject({ processed: 1 });
      expect(watched.counts()?.beforeStart).toBeLessThanOrEqual(1);
    }
  });

  it("given a record that its producer sent again, whose copy stands behind the start, whenever it came, then it is owed", () => {
    const [early, late] = [new Watched(), new Watched()];
    early.store([0]);
    early.store([0]);
    early.position(1);
    late.store([0]);
    late.position(1);
    expect(late.counts()).toMatchObject({ beforeStart: 1, beforeStartAcknowledged: 1 });
    late.store([0]);
    for (const watched of [early, late]) {
      expect(watched.counts()).toMatchObject({ beforeStart: 0, beforeStartAcknowledged: 0 });
      watched.process(1);
      expect(watched.counts()).toMatchObject({ processed: 1, twice: 0 });
    }
  });

  it("given a first position behind records, then they are not owed; those acknowledged later are counted when they are", () => {
    const watched = new Watched();
    watched.store([0, 1]);
    const late = watched.store([2], { isAcknowledged: false });
    watched.position(3);
    expect(watched.counts()).toEqual({ ...nothing, beforeStart: 3, beforeStartAcknowledged: 2 });
    watched.acknowledge(late);
    watched.acknowledge(late);
    expect(watched.counts()).toEqual({ ...nothing, beforeStart: 3, beforeStartAcknowledged: 3 });
  });

  it("given a group that goes back to before its first position, then what lies between is owed to it from now on", () => {
    const watched = new Watched();
    watched.store([0, 1, 2]);
    watched.position(3);
    watched.store([3]);
    watched.process(3);
    watched.position(1);
    expect(watched.counts()).toEqual({ ...nothing, processed: 1, beforeStart: 1, beforeStartAcknowledged: 1 });
    watched.process(1, 2, 3);
    expect(watched.counts()).toEqual({ ...nothing, processed: 3, twice: 1, beforeStart: 1, beforeStartAcknowledged: 1 });
  });

  it("given a partition in which the group has no position yet, then nothing of it counts until it has one", () => {
    const world = new TestWorld({ groups: [{ groupId: "g", topics: ["orders"], configs: { "auto.offset.reset": "earliest" } }] });
    world.run(100);
    world.send(["a", "b"]);
    world.run(100);
    expect(world.audit()).toMatchObject({ acknowledged: 0, unconfirmed: 0, waiting: 0, beforeStart: 0 });
    world.give({ type: "addConsumer", consumer: { clientId: "c1", groupId: "g", processing: { timeMs: 60_000 } } });
    world.run(1000);
    expect(world.audit()).toMatchObject({ acknowledged: 2, unconfirmed: 0, waiting: 2, beforeStart: 0 });
  });
});

describe("AUD-8 a partition that is added while a group reads the topic", () => {
  /** A group of one that looks for new partitions every 5 s; the producer, every 100 ms. Partition 1 is added, and key-0 goes there. */
  const added = (reset: "earliest" | "latest"): TestWorld => {
    const world = groupWorld({ configs: { "auto.offset.reset": reset, "metadata.max.age.ms": 5000, "heartbeat.interval.ms": 100 } });
    world.give({ type: "alterProducer", clientId: "p", configs: { "metadata.max.age.ms": 100 } });
    world.run(1000);
    world.give({ type: "createPartitions", topic: "orders", count: 2 });
    world.run(1000);
    world.send(["a", "b"], "key-0");
    world.run(100);
    return world;
  };

  it("given latest, then what was stored before the group found it is lost", () => {
    const world = added("latest");
    expect(world.audit()).toMatchObject({ acknowledged: 0, waiting: 0, lost: 0 });
    world.run(6000);
    world.send(["c"], "key-0");
    world.run(1000);
    expect([world.values(), world.audit()]).toMatchObject([["c"], { acknowledged: 3, processed: 1, waiting: 0, lost: 2, beforeStart: 0 }]);
  });

  it("given earliest, then nothing is", () => {
    const world = added("earliest");
    world.run(6000);
    expect([world.values(), world.audit()]).toMatchObject([["a", "b"], { acknowledged: 2, processed: 2, lost: 0, beforeStart: 0 }]);
  });
});

describe("AUD-4 order per key", () => {
  it("given a record that is first processed after a later one of its key and producer, then it is out of order; a repetition is not", () => {
    const watched = new Watched();
    watched.store([0, 1, 2], { key: "a" });
    watched.store([3], { key: "b" });
    watched.position(0);
    watched.process(1, 3, 0, 2, 1);
    expect(watched.counts()).toEqual({ ...nothing, processed: 4, twice: 1, outOfOrder: 1 });
  });

  it("records without a key have no order", () => {
    const watched = new Watched();
    watched.store([0, 1]);
    watched.position(0);
    watched.process(1, 0);
    expect(watched.counts()).toEqual({ ...nothing, processed: 2 });
  });

  it("given a key that moved with the number of partitions, then its new records overtake the old ones", () => {
    const world = groupWorld({ partitions: 3, members: 4, timeMs: 10, configs: { "metadata.max.age.ms": 500, "heartbeat.interval.ms": 100, "max.poll.records": 1 } });
    world.give({ type: "alterProducer", clientId: "p", configs: { "linger.ms": 1, "metadata.max.age.ms": 100 } });
    world.run(1500);
    world.send(numbered(0, 199), "key-3");
    world.give({ type: "createPartitions", topic: "orders", count: 4 });
    world.run(1000);
    world.send(["200"], "key-3");
    world.run(5000);
    expect(world.deliveries.find(({ value }) => value === "200")?.partition).toBe(3);
    expect(world.values().indexOf("200")).toBeLessThan(199);
    expect(world.audit()).toMatchObject({ processed: 201, outOfOrder: 200 - world.values().indexOf("200") });
  });
});

describe("AUD-5 a group's place", () => {
  it("given a consumer that is no member any more, then what it still does counts, but does not move the group", () => {
    const watched = new Watched();
    watched.store([0, 1, 2]);
    watched.position(0);
    watched.process(0, 1);
    watched.processBy(false, 0);
    const place = (): number | undefined => watched.state.groups.get("g")?.partitions.get("orders-0")?.next;
    expect([place(), watched.counts()?.twice]).toEqual([2, 1]);
    watched.position(0);
    expect(place()).toBe(0);
  });
});

describe("AUD-6 a deleted topic", () => {
  it("given records of it that are acknowledged or processed afterwards, then nothing of it counts for a new one of that name", () => {
    const watched = new Watched();
    const batch = watched.store([0, 1], { isAcknowledged: false });
    watched.position(0);
    watched.process(0);
    forgetPartition(watched.state, watched.actual, watched.log);
    watched.acknowledge(batch);
    watched.process(1);
    expect([watched.state.partitions.get("orders-0")?.acknowledged ?? 0, watched.counts() ?? nothing]).toEqual([0, nothing]);
  });

  it("given a topic that is deleted and made again in a running world, then its counts begin anew", () => {
    const world = groupWorld({ timeMs: 20, configs: { "max.poll.records": 5 } });
    world.run(100);
    world.send(numbered(0, 9));
    world.run(50);
    world.give({ type: "deleteTopic", topic: "orders" });
    world.run(1);
    world.give({ type: "createTopic", topic: { name: "orders", partitions: 1, configs: {} } });
    world.give({ type: "alterGroup", groupId: "g", topics: ["orders"] });
    world.give({ type: "alterProducer", clientId: "p", topics: ["orders"] });
    world.run(2000);
    expect(world.audit()).toMatchObject({ acknowledged: 0, unconfirmed: 0, processed: 0, waiting: 0, lost: 0 });
    world.send(["again"]);
    world.run(1000);
    expect(world.audit()).toMatchObject({ acknowledged: 1, unconfirmed: 0, processed: 1, waiting: 0, lost: 0 });
  });
});

describe("AUD-9 what is read once more", () => {
  it("given records processed and not committed when their consumer crashed, then they and those that wait are the lag", () => {
    const world = groupWorld({ timeMs: 100, configs: { "auto.commit.interval.ms": 60_000, "session.timeout.ms": 6000 } });
    world.run(1000);
    world.send(numbered(1, 10));
    world.run(550);
    const { processed } = world.audit();
    expect(world.audit()).toMatchObject({ waiting: 10 - processed, again: 0 });
    expect(processed).toBeGreaterThan(2);
    world.give({ type: "removeConsumer", clientId: "c1", how: "crash" });
    world.give({ type: "addConsumer", consumer: { clientId: "c2", groupId: "g", processing: { timeMs: 60_000 } } });
    world.run(20_000);
    expect(world.audit()).toMatchObject({ processed, waiting: 10 - processed, again: processed, twice: 0 });
    expect(groupWaiting(world.cluster, "g")).toBe(10);
  });
});

describe("AUD-7 acknowledged + unconfirmed = processed + waiting + lost, and nothing is negative", () => {
  for (let seed = 1; seed <= 8; seed++) {
    it(`after every event and command of a random world, seed ${seed}`, () => {
      const cluster = bootCluster(randomSpec(seed));
      const random = randomStream(seed, "audit test");
      const wrong: AuditImage[] = [];
      for (let event = 0; event < 3000; event++) {
        if (!runNext(cluster)) break;
        if (nextBelow(random, 150) === 0) submit(cluster, randomCommand(cluster.topology, random));
        for (const image of auditImages(cluster).values()) {
          const { acknowledged, unconfirmed, processed, waiting, lost, twice, outOfOrder, beforeStart } = image;
          const isSum = acknowledged + unconfirmed === processed + waiting + lost;
          if (!isSum || Math.min(acknowledged, unconfirmed, processed, waiting, lost, twice, outOfOrder, beforeStart) < 0) wrong.push(image);
        }
      }
      expect(wrong).toEqual([]);
    });
  }

  it("given a quiet end, then everything sent is acknowledged and processed by each group", () => {
    const world = new TestWorld({
      groups: ["a", "b"].map((groupId) => ({ groupId, topics: ["orders"], configs: { "auto.offset.reset": "earliest" } })),
      consumers: ["a", "b"].map((groupId) => ({ clientId: `c-${groupId}`, groupId, processing: { timeMs: 1 } })),
    });
    world.run(100);
    world.send(numbered(1, 50));
    world.run(1000);
    for (const groupId of ["a", "b"]) expect(world.audit(groupId)).toEqual({ groupId, topic: "orders", acknowledged: 50, unconfirmed: 0, processed: 50, setAside: 0, waiting: 0, again: 0, lost: 0, twice: 0, outOfOrder: 0, beforeStart: 0 });
  });
});

describe("AUD-10 more keys than can be numbered", () => {
  it("make no false disorder: of those beyond the cap the order is not told", () => {
    const watched = new Watched();
    for (let at = 0; at < 65_536; at++) watched.keys.set(`known-${at}`, at);
    watched.store([9], { key: "beyond" });
    watched.store([3], { key: "beyond, another one" });
    watched.store([8], { key: "known-0" });
    watched.store([4], { key: "known-0" });
    watched.position(0);
    watched.process(0, 1);
    expect(watched.counts()?.outOfOrder).toBe(0);
    watched.process(2, 3);
    expect(watched.counts()?.outOfOrder).toBe(1);
  });
});
