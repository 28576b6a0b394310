import { useEffect, useState, type ReactNode } from "react";
import { query } from "../../actions/simulation";
import type { ClusterImage, PartitionImage, RecordImage, TopicImage, TrackImage } from "../../core/cluster/image";
import { t } from "../../i18n/t";
import { CheckIcon } from "../../ui/icons";
import { CommittedBadge } from "./parts/CommittedBadge";
import { formatTimeMs } from "./parts/formatTime";
import { GroupBadge, KeyText } from "./parts/marks";
import { useNames } from "./parts/names";
import { Term } from "./parts/Term";
import "./record.css";
import { recordSteps, type RecordStep } from "./recordSteps";
import { WhyPartition } from "./WhyPartition";

export interface RecordCardProps {
  readonly image: ClusterImage;
  readonly topic: TopicImage;
  readonly partition: PartitionImage;
  readonly offset: number;
}

/** One record: what it holds, its way so far, step by step in each group, and why it is in this partition. */
export function RecordCard({ image, topic, partition, offset }: RecordCardProps): ReactNode {
  const record = useRecord(partition, offset);
  if (offset < partition.logStartOffset) return <p className="panel-card panel-note">{t("record.removed", { offset, first: partition.logStartOffset })}</p>;
  if (!record) return null;
  return (
    <>
      <section className="panel-card" aria-label={t("record.title", { offset })}>
        <div className="panel-card-head">
          <h3>{t("record.title", { offset })}</h3>
          <KeyText recordKey={record.key} colour={record.colour} />
        </div>
        <pre className="record-value">{record.value ?? t("records.tombstone")}</pre>
        <ol className="record-steps">
          {/* A client's record has the time at which it was handed to its producer. */}
          {!topic.internal && <Step word={t("canvas.sent")} state="done" note={formatTimeMs(record.timestampMs)} />}
          <Step word={t("record.stored")} state="done" note={t("consumer.inWork", { partition: partition.partition, offset })} />
        </ol>
        {partition.tracks.map((track) => (
          <GroupSteps key={track.groupId} image={image} log={partition} track={track} offset={offset} />
        ))}
      </section>
      {!topic.internal && <WhyPartition image={image} question={{ topic: topic.name, partition: partition.partition, record }} />}
    </>
  );
}

interface GroupStepsProps {
  readonly image: ClusterImage;
  readonly log: PartitionImage;
  readonly track: TrackImage;
  readonly offset: number;
}

/** The record's way through one group. */
function GroupSteps({ image, log, track, offset }: GroupStepsProps): ReactNode {
  const name = useNames();
  const group = image.groups.get(track.groupId);
  if (!group) return null;
  return (
    <>
      <h4 className="record-group">
        <GroupBadge letter={group.letter} /> {track.groupId}
      </h4>
      <ol className="record-steps">
        {recordSteps(image, log, track, offset).map(({ word, params, state, consumer }) =>
          word === "term.committed" ? (
            <Step
              key={word}
              word={<Term word={word} meaning="term.committed.meaning" />}
              state={state}
              note={
                <>
                  <CommittedBadge letter={group.letter} /> {track.committedOffset}
                </>
              }
            />
          ) : (
            <Step key={word} word={t(word, params)} state={state} note={consumer === undefined ? null : name("consumer", consumer)} />
          ),
        )}
      </ol>
    </>
  );
}

function Step({ word, state, note }: { readonly word: ReactNode; readonly state: RecordStep["state"]; readonly note: ReactNode }): ReactNode {
  return (
    <li className={`record-${state}`}>
      <i aria-hidden="true">{state === "done" && <CheckIcon size={12} />}</i>
      {word}
      <span>{note}</span>
    </li>
  );
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
