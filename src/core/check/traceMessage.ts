import type { ApiRequest, ApiResponse } from "../kafka/api/api";
import type { FetchPartitionResponse } from "../kafka/api/fetch";
import { asWritten, batchesIn } from "../clients/recordBatches";
import { errorName } from "../kafka/errors";
import type { RecordBatch } from "../kafka/records/recordBatch";
import { nextOffset } from "../kafka/records/recordBatch";

/** What a request asks for, in a few words; null for what runs in the background all the time. */
export function requestText(request: ApiRequest): string | null {
  switch (request.api) {
    case "Metadata":
    case "Heartbeat":
      return null;
    case "Produce":
      return words(`acks ${request.acks}`, each(request.topicData, "partitionData", (topic, { index, records }) => `${topic}-${index} ${keysText([asWritten(records)])}`));
    case "Fetch":
      return each(request.topics, "partitions", (topic, { partition, fetchOffset }) => `${topic}-${partition}@${fetchOffset}`);
    case "ListOffsets":
      return each(request.topics, "partitions", (topic, { partitionIndex, timestamp }) => `${topic}-${partitionIndex} ${timestampText(timestamp)}`);
    case "FindCoordinator":
      return words(...request.coordinatorKeys);
    case "JoinGroup":
      return words(request.groupId, clientOfMember(request.memberId) || "new", request.protocols.map(({ name }) => name).join(","));
    case "SyncGroup":
      return words(request.groupId, `generation ${request.generationId}`, request.assignments.length === 0 ? "" : `assigns ${request.assignments.length}`);
    case "LeaveGroup":
      return words(request.groupId);
    case "OffsetCommit":
      return words(
        request.groupId,
        `generation ${request.generationIdOrMemberEpoch}`,
        each(request.topics, "partitions", (topic, { partitionIndex, committedOffset }) => `${topic}-${partitionIndex}@${committedOffset}`),
      );
    case "OffsetFetch":
      return words(request.groupId, each(request.topics ?? [], "partitionIndexes", (topic, index) => `${topic}-${index}`));
    case "CreateTopics":
      return words(...request.topics.map(({ name, numPartitions }) => `${name} ${numPartitions} partitions`));
    case "CreatePartitions":
      return words(...request.topics.map(({ name, count }) => `${name} ${count} partitions`));
    case "DeleteTopics":
      return words(...request.topicNames);
    case "DescribeConfigs":
    case "IncrementalAlterConfigs":
      return words(...request.resources.map(({ resourceName }) => resourceName));
  }
}

/** What a response says, in a few words; null for what runs in the background all the time and says nothing new. */
export function responseText(response: ApiResponse): string | null {
  switch (response.api) {
    case "Metadata":
      return null;
    case "Heartbeat":
      return response.errorCode === 0 ? null : errorName(response.errorCode);
    case "Produce":
      return each(response.responses, "partitionResponses", (topic, { index, errorCode, baseOffset }) => outcome(errorCode, `${topic}-${index}`, `@${baseOffset}`));
    case "Fetch":
      return each(response.responses, "partitions", fetchedText) || "nothing";
    case "ListOffsets":
      return each(response.topics, "partitions", (topic, { partitionIndex, errorCode, offset }) => outcome(errorCode, `${topic}-${partitionIndex}`, `@${offset}`));
    case "FindCoordinator":
      return words(...response.coordinators.map(({ key, nodeId, errorCode }) => outcome(errorCode, key, ` broker-${nodeId}`)));
    case "JoinGroup":
      if (response.errorCode !== 0) return errorName(response.errorCode);
      return words(
        `generation ${response.generationId}`,
        response.protocolName ?? "",
        `leader ${clientOfMember(response.leader)}`,
        response.members.length === 0 ? "" : `of ${response.members.map(({ memberId }) => clientOfMember(memberId)).join(",")}`,
      );
    case "SyncGroup":
      return response.errorCode === 0 ? "assigned" : errorName(response.errorCode);
    case "LeaveGroup":
      if (response.errorCode !== 0) return errorName(response.errorCode);
      return words(...response.members.map(({ errorCode }) => (errorCode === 0 ? "left" : errorName(errorCode))));
    case "OffsetCommit": {
      const wrong = response.topics.flatMap(({ partitions }) => partitions).find(({ errorCode }) => errorCode !== 0);
      return wrong ? errorName(wrong.errorCode) : "committed";
    }
    case "OffsetFetch":
      return each(response.topics, "partitions", (topic, { partitionIndex, errorCode, committedOffset }) =>
        outcome(errorCode, `${topic}-${partitionIndex}`, `@${committedOffset}`),
      );
    case "CreateTopics":
      return words(...response.topics.map(({ name, errorCode }) => outcome(errorCode, name, "")));
    case "CreatePartitions":
      return words(...response.results.map(({ name, errorCode }) => outcome(errorCode, name, "")));
    case "DeleteTopics":
      return words(...response.responses.map(({ name, errorCode }) => outcome(errorCode, name, "")));
    case "DescribeConfigs":
      return words(...response.results.map(({ resourceName, errorCode }) => outcome(errorCode, resourceName, "")));
    case "IncrementalAlterConfigs":
      return words(...response.responses.map(({ resourceName, errorCode }) => outcome(errorCode, resourceName, "")));
  }
}

/** The client id in a member id: Kafka appends a uuid of 36 characters to it. */
export function clientOfMember(memberId: string): string {
  return memberId.slice(0, -37);
}

/** `@3`, or `@3..5` for several offsets. */
export function offsetsText(first: number, last: number): string {
  return first === last ? `@${first}` : `@${first}..${last}`;
}

export function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

/** Every partition of every topic in a few words: the schemas call a topic `topic` or `name`, and its partitions all sorts of things. */
function each<Field extends string, Part>(
  topics: readonly ({ readonly [Name in "topic" | "name"]?: string } & { readonly [Name in Field]: readonly Part[] })[],
  partitions: Field,
  textOf: (topic: string, part: Part) => string,
): string {
  return words(...topics.flatMap((entry) => entry[partitions].map((part) => textOf(entry.topic ?? entry.name ?? "", part))));
}

function fetchedText(topic: string, { partitionIndex, errorCode, records }: FetchPartitionResponse): string {
  if (errorCode === 0 && records.length === 0) return "";
  return outcome(errorCode, `${topic}-${partitionIndex}`, `${rangeText([...batchesIn(records)])} ${keysText([...batchesIn(records)])}`);
}

function rangeText(batches: readonly RecordBatch[]): string {
  const [first] = batches;
  const last = batches.at(-1);
  return first && last ? offsetsText(first.baseOffset, nextOffset(last) - 1) : "";
}

const MOST_KEYS = 8;

/** The keys of the records, `-` for one without: `(user-1 user-7 -)`; after eight only how many there are. */
function keysText(batches: readonly RecordBatch[]): string {
  const keys = batches.flatMap(({ columns }) => columns.keys);
  return keys.length > MOST_KEYS ? `(${keys.length} records)` : `(${keys.map((key) => (typeof key === "string" ? key : "-")).join(" ")})`;
}

function outcome(errorCode: number, name: string, good: string): string {
  return errorCode === 0 ? `${name}${good}` : `${name} ${errorName(errorCode)}`;
}

function timestampText(timestamp: number): string {
  return timestamp === -1 ? "latest" : timestamp === -2 ? "earliest" : `at ${timestamp} ms`;
}
