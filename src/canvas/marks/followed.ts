import { create } from "zustand";
import { logPart } from "../../actions/entities/logSelection";
import type { SentAs } from "../../core/picture/amqpImage";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { type TopiqState, useTopiq } from "../../store/topiqStore";

/** The record or message that the pointer is on. */
const usePointed = create<{ readonly sent: string | null }>()(() => ({ sent: null }));

export function setPointed(sent: SentAs | null | undefined): void {
  usePointed.setState({ sent: sent ? sendKey(sent) : null });
}

/** Which record is followed through all places to which it was sent: that under the pointer, or else the selected one; null for none. */
export function useFollowed(): string | null {
  const pointed = usePointed(({ sent }) => sent);
  const selected = useTopiq(selectedSend);
  return pointed ?? selected;
}

export function sendKey({ sender, number }: SentAs): string {
  return `${sender} ${number}`;
}

function selectedSend({ selection, image }: TopiqState): string | null {
  const leading = selection.at(-1);
  if (!leading?.part) return null;
  const { sender, number } = leading.part;
  if (sender !== undefined && number !== undefined) return sendKey({ sender, number });
  const part = logPart(leading);
  const record = part && image?.partitions.get(formatTopicPartition(part.topic, part.partition))?.tail.find(({ offset }) => offset === part.offset);
  return record?.sent ? sendKey(record.sent) : null;
}
