import { useEffect, useState, type ReactNode } from "react";
import { query } from "../../actions/simulation";
import type { ClusterImage, PartitionImage, RecordImage, TopicImage, TrackImage } from "../../core/cluster/image";
import { t } from "../../i18n/t";
import { Facts, type Fact } from "./parts/Facts";
import { formatTimeMs } from "./parts/formatTime";
import { GroupBadge, KeyText } from "./parts/marks";
import { useNames } from "./parts/names";
import { WhyPartition } from "./WhyPartition";

export interface RecordCardProps {
  readonly image: ClusterImage;
  readonly topic: TopicImage;
  readonly partition: PartitionImage;
  readonly offset: number;
}

/** One record: what it holds, how far it has come in each group, and why it is in this partition. */
export function RecordCard({ image, topic, partition, offset }: RecordCardProps): ReactNode {
  const record = useRecord(partition, offset);
  if (offset < partition.logStartOffset) return <p className="panel-card panel-note">{t("record.removed", { offset, first: partition.logStartOffset })}</p>;
  if (!record) return null;
  return (
    <>
      <section className="panel-card" aria-label={t("record.title", { offset })}>
        <div className="panel-card-head">
          <h3>{t("record.title", { offset })}</h3>
          <span className="panel-quiet mono">{formatTimeMs(record.timestampMs)}</span>
        </div>
        <Facts
          facts={[
            { id: "key", word: t("records.key"), value: <KeyText recordKey={record.key} colour={record.colour} /> },
            ...groupFacts(image, partition, offset),
          ]}
        />
        <pre className="record-value">{record.value ?? t("records.tombstone")}</pre>
      </section>
      {!topic.internal && <WhyPartition image={image} question={{ topic: topic.name, partition: partition.partition, record }} />}
    </>
  );
}

/** How far the record has come in each group. */
function groupFacts(image: ClusterImage, { topic, partition, tracks }: PartitionImage, offset: number): readonly Fact[] {
  const facts: Fact[] = [];
  for (const track of tracks) {
    const group = image.groups[track.groupId];
    if (!group) continue;
    const word = (
      <span className="record-group">
        <GroupBadge letter={group.letter} /> {track.groupId}
      </span>
    );
    const value = <Progress image={image} track={track} topic={topic} partition={partition} offset={offset} />;
    facts.push({ id: track.groupId, word, value });
  }
  return facts;
}

interface ProgressProps {
  readonly image: ClusterImage;
  readonly track: TrackImage;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** How far a record has come in one group. */
function Progress({ image, track, topic, partition, offset }: ProgressProps): ReactNode {
  const name = useNames();
  const owner = track.owner === null ? undefined : image.consumers[track.owner];
  const isThis = (other: { readonly topic: string; readonly partition: number; readonly offset: number }): boolean =>
    other.topic === topic && other.partition === partition && other.offset === offset;
  if (owner?.inWork && isThis(owner.inWork)) return t("record.inWork", { consumer: name("consumer", owner.spec.clientId) });
  if (track.nextOffset < 0) return t("record.unread");
  if (offset < track.nextOffset) return t(offset < track.committedOffset ? "record.passed.committed" : "record.passed");
  if (owner?.waiting.some(isThis)) return t("record.fetched", { consumer: name("consumer", owner.spec.clientId) });
  return t("record.waiting", { count: offset - track.nextOffset });
}

/** The record, from the partition's newest ones or else asked for; null while it is not known. */
function useRecord(partition: PartitionImage, offset: number): RecordImage | null {
  const { topic, partition: number } = partition;
  const near = partition.tail.find((record) => record.offset === offset);
  const [far, setFar] = useState<(RecordImage & { readonly id: string }) | null>(null);
  const id = `${topic}/${number}/${offset}`;
  const missing = near === undefined && far?.id !== id;
  useEffect(() => {
    if (!missing) return;
    let wanted = true;
    void query({ kind: "records", topic, partition: number, before: offset + 1, limit: 1, search: "" }).then((result) => {
      const [record] = result.records;
      if (wanted && record?.offset === offset) setFar({ ...record, id });
    });
    return () => {
      wanted = false;
    };
  }, [missing, topic, number, offset, id]);
  return near ?? (far?.id === id ? far : null);
}
