import { useEffect, useState, type ReactNode } from "react";
import { query } from "../../actions/simulation";
import type { PartitionImage, RecordImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { KeyText } from "../../panels/inspector/parts/marks";
import { RecordWay } from "./RecordWay";
import { WhyPartition } from "./WhyPartition";

export interface RecordCardProps {
  /** Its topic is Kafka's own. */
  readonly isInternal: boolean;
  readonly partition: PartitionImage;
  readonly offset: number;
}

/** One record: what it holds, its way so far, step by step, when and by whom, and why it is in this partition. */
export function RecordCard({ isInternal, partition, offset }: RecordCardProps): ReactNode {
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
        <RecordWay log={partition} record={record} />
      </section>
      {!isInternal && <WhyPartition question={{ topic: partition.topic, partition: partition.partition, record }} />}
    </>
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
    void query({ kind: "records", topic, partition: number, before: { [number]: offset + 1 }, limit: 1, search: "" }).then((result) => {
      const [record] = result.records;
      if (wanted && record?.offset === offset) setFar({ ...record, id });
    });
    return () => {
      wanted = false;
    };
  }, [missing, topic, number, offset, id]);
  return near ?? (far?.id === id ? far : null);
}
