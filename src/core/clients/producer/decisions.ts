import type { KeySource } from "../../apps/program";
import { keyText } from "../../apps/recordSource";
import type { NewRecord } from "./newRecord";
import type { PartitionDecisionMade, Producer } from "./producer";

const REMEMBERED = 8;

/** Remembers how a record came to its partition. This is done for each of them, so nothing is made here but the first few times. */
export function remember(producer: Producer, topic: string, { source: { keys }, keyNumber, text }: Pick<NewRecord, "source" | "keyNumber" | "text">, partition: number, partitions: number, hash: number | null, stickyBytes: number): void {
  const { decisions } = producer;
  const at = producer.decided++ % REMEMBERED;
  const decision = decisions[at];
  if (!decision) return void decisions.push({ topic, keys, keyNumber, text: text?.key ?? null, partition, partitions, hash, stickyBytes });
  decision.topic = topic;
  decision.keys = keys;
  decision.keyNumber = keyNumber;
  decision.text = text?.key ?? null;
  decision.partition = partition;
  decision.partitions = partitions;
  decision.hash = hash;
  decision.stickyBytes = stickyBytes;
}

/** What is remembered, the newest first. */
export function newestDecisions({ decisions, decided }: Producer): PartitionDecisionMade[] {
  return Array.from(decisions, (_, at) => decisions[(decided - 1 - at + decisions.length) % decisions.length] as PartitionDecisionMade);
}

export function keyOfDecision({ keys, keyNumber, text }: { readonly keys: KeySource; readonly keyNumber: number; readonly text: string | null }): string | null {
  return text ?? keyText(keys, keyNumber);
}
