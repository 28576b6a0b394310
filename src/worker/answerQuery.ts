import type { FoundRecord, Query, QueryResult } from "../bridge/messages";
import { recordsBefore, type PartitionLog } from "../core/broker/log/partitionLog";
import { isProducer } from "../core/clients/producer/producer";
import { leaderLogs } from "../core/watch/actual";
import { ENGINE_VERSION, type Cluster } from "../core/world/cluster";
import { specOf } from "../core/world/topology";
import { appliedCommands, position, type History } from "../core/history/history";
import type { Winding } from "../core/history/winding";
import { keyedDecision } from "../core/picture/decision";
import { projectCluster } from "../core/picture/project";
import { recordImage } from "../core/picture/recordImage";
import { senderOf } from "../core/clients/recordTexts";
import type { StoredRecord } from "../core/kafka/records/batchPage";
import type { Scenario } from "../scenario/scenario";
import { loadBiography } from "./parts";
import type { SlicedEnd } from "./slices";

/** Answers what the page asks about a world as it is now. `look` carries out what takes a while. */
export async function answerQuery(query: Exclude<Query, { kind: "runs" }>, history: History, document: Scenario, look: (winding: Winding) => Promise<SlicedEnd>): Promise<QueryResult> {
  const { cluster } = history;
  switch (query.kind) {
    case "image":
      return { kind: "image", image: projectCluster(cluster) };
    case "records":
      return findRecords(cluster, query);
    case "decision":
      return { kind: "decision", decision: keyedDecision(cluster, query.topic, query.key) };
    case "biography": {
      const biography = await loadBiography();
      if (!biography) return { kind: "biography", biography: null };
      const { winding, result } = biography(history, query);
      const end = await look(winding);
      return { kind: "biography", biography: end === "superseded" || end === "cancelled" ? null : result(end) };
    }
    case "share": {
      // What makes links is loaded when somebody wants one.
      const { shareLink } = await import("./shareLink");
      const { timeUs, eventCount } = position(history);
      return { kind: "share", fragment: shareLink(document, query, specOf(cluster.topology), { engineVersion: ENGINE_VERSION, timeUs, eventCount, journal: appliedCommands(history) }) };
    }
  }
}

/** Records looked at for one answer at most: a search that finds nothing must not stop the world for long. */
const MOST_SEARCHED = 200_000;

/** The newest matching records: of one partition in offset order, of all partitions in order of time. */
function findRecords(cluster: Cluster, { topic, partition, before, limit, search }: Extract<Query, { kind: "records" }>): QueryResult {
  const logs = leaderLogs(cluster.watch.actual, topic).filter((log) => partition === null || log.partition === partition);
  const found = logs.flatMap((log) => newestMatching(cluster, log, before[log.partition] ?? log.logEndOffset, limit + 1, search.toLowerCase()));
  found.sort((one, other) => other.timestampMs - one.timestampMs || one.partition - other.partition || other.offset - one.offset);
  if (partition !== null) found.sort((one, other) => other.offset - one.offset);
  return { kind: "records", records: found.slice(0, limit), more: found.length > limit };
}

function clientOf(cluster: Cluster, record: StoredRecord): string | null {
  const actor = cluster.actors.get(senderOf(record)?.producer ?? -1);
  return isProducer(actor) ? actor.clientId : null;
}

function newestMatching(cluster: Cluster, log: PartitionLog, before: number, limit: number, search: string): FoundRecord[] {
  const found: FoundRecord[] = [];
  let searched = 0;
  for (const stored of recordsBefore(log, before)) {
    const record = recordImage(cluster, log.topic, stored);
    if (search === "" || `${record.key ?? ""}\n${record.value ?? ""}`.toLowerCase().includes(search)) found.push({ ...record, partition: log.partition, sender: clientOf(cluster, stored) });
    if (found.length === limit || ++searched === MOST_SEARCHED) break;
  }
  return found;
}
