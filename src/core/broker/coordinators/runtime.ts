/**
 * What every coordinator does, whatever it coordinates (`CoordinatorRuntime`): it is loaded when its partition of an internal topic is led
 * from here, decides through handlers that only read, appends their records, folds them, and answers once they are committed.
 * Simplified: loading takes no time; a broker that leads the partition is its coordinator at once.
 */
import { makeRecordBatch } from "../../kafka/records/makeRecordBatch";
import { formatTopicPartition } from "../../kafka/topicPartition";
import type { RecordBytes } from "../../kafka/records/recordBatch";
import type { Timer } from "../../sim/timer";
import { appendToLog, type Broker, type BrokerContext } from "../broker";
import type { BrokerFact } from "../facts";
import type { HandlerResult } from "../handlerResult";
import { inSyncEnd, type PartitionLog } from "../log/partitionLog";
import type { Shard } from "./shard";
import { nowMs } from "../../sim/nowMs";

/** What there is to know of one kind of coordinator. */
export interface CoordinatorKind<LogRecord, State, Soft> {
  readonly topic: string;
  shards(broker: Broker): Map<number, Shard<State>>;
  emptyState(): State;
  encode(record: LogRecord): { readonly key: RecordBytes; readonly value: RecordBytes };
  decode(key: RecordBytes, value: RecordBytes): LogRecord;
  /** Folds one record into the state, live and on loading alike. */
  replay(state: State, record: LogRecord): void;
  applySoft(state: State, soft: Soft): void;
  /** The timers of a state that was just loaded. */
  loaded(state: State, atMs: number): readonly { readonly timer: Timer; readonly atMs: number }[];
  /** What remains to be said when the state is given up: answers to all that wait, and timers to cancel. */
  unloaded(state: State, atMs: number): HandlerResult<LogRecord, Soft>;
  /** What a record, a soft value, or a timer tells those who watch; called after it was taken in. */
  facts(state: State, change: CoordinatorChange<LogRecord, Soft>): readonly BrokerFact[];
}

export interface CoordinatorChange<LogRecord, Soft> {
  readonly records: readonly LogRecord[];
  readonly soft: readonly Soft[];
  readonly timers: HandlerResult<LogRecord, Soft>["timers"];
}

/** The broker leads a partition of the internal topic from now on: folds what its log holds. */
export function load<LogRecord, State, Soft>(broker: Broker, context: BrokerContext, kind: CoordinatorKind<LogRecord, State, Soft>, partition: number): void {
  const log = logOf(broker, kind, partition);
  const state = kind.emptyState();
  const records = [...recordsOf(kind, log)];
  for (const record of records) kind.replay(state, record);
  kind.shards(broker).set(partition, { partition, epoch: log.leaderEpoch, state, deferred: [] });
  const timers = kind.loaded(state, nowMs(context));
  for (const { timer, atMs } of timers) context.setTimer(timer, atMs * 1000);
  tellAll(context, kind.facts(state, { records, soft: [], timers }));
}

/** Another broker leads it: whoever waits for an answer is sent to look for that one. */
export function unload<LogRecord, State, Soft>(broker: Broker, context: BrokerContext, kind: CoordinatorKind<LogRecord, State, Soft>, partition: number): void {
  const shard = kind.shards(broker).get(partition);
  if (!shard) return;
  kind.shards(broker).delete(partition);
  const { responses, timers } = kind.unloaded(shard.state, nowMs(context));
  for (const { timer } of timers) context.cancelTimer(timer);
  for (const { to, response } of responses) context.respond(to, response);
}

/** Appends what a handler decided as one batch, folds it, applies its soft values, sets its timers, and answers once it is committed. */
export function carryOut<LogRecord, State, Soft>(
  broker: Broker,
  context: BrokerContext,
  kind: CoordinatorKind<LogRecord, State, Soft>,
  shard: Shard<State>,
  result: HandlerResult<LogRecord, Soft>,
): void {
  const { records, soft, timers, responses } = result;
  const log = logOf(broker, kind, shard.partition);
  if (records.length > 0) {
    const encoded = records.map((record) => kind.encode(record));
    appendToLog(broker, context, log, makeRecordBatch({ keys: encoded.map(({ key }) => key), values: encoded.map(({ value }) => value), baseTimestampMs: nowMs(context) }));
  }
  for (const record of records) kind.replay(shard.state, record);
  for (const value of soft) kind.applySoft(shard.state, value);
  for (const { timer, atMs } of timers) {
    if (atMs === null) context.cancelTimer(timer);
    else context.setTimer(timer, atMs * 1000);
  }
  tellAll(context, kind.facts(shard.state, result));
  // An answer never overtakes one that was decided before it.
  if (responses.length > 0) shard.deferred.push({ offset: records.length > 0 ? log.logEndOffset : 0, responses });
  answerCommitted(broker, context, kind, shard.partition);
}

/** An internal partition has come further: answers what speaks of committed records only. */
export function answerCommitted<LogRecord, State, Soft>(broker: Broker, context: BrokerContext, kind: CoordinatorKind<LogRecord, State, Soft>, partition: number): void {
  const deferred = kind.shards(broker).get(partition)?.deferred ?? [];
  const committed = inSyncEnd(logOf(broker, kind, partition));
  for (let first = deferred[0]; first && first.offset <= committed; first = deferred[0]) {
    deferred.shift();
    for (const { to, response } of first.responses) context.respond(to, response);
  }
}

function logOf(broker: Broker, { topic }: { readonly topic: string }, partition: number): PartitionLog {
  const log = broker.logs.get(formatTopicPartition(topic, partition));
  if (!log) throw new Error(`no log for ${topic}-${partition}`);
  return log;
}

function* recordsOf<LogRecord, State, Soft>(kind: CoordinatorKind<LogRecord, State, Soft>, { pages }: PartitionLog): Generator<LogRecord> {
  for (const { written } of pages) {
    for (const batch of written) {
      const { keys = [], values = [] } = batch?.columns ?? {};
      for (const [index, key] of keys.entries()) yield kind.decode(key, values[index] ?? null);
    }
  }
}

function tellAll(context: BrokerContext, facts: readonly BrokerFact[]): void {
  for (const fact of facts) context.tell(fact);
}
