import { useEffect, useState } from "react";
import { query } from "../../actions/simulation";
import { useTopiq } from "../../store/topiqStore";
import type { Biography } from "../../core/history/biography";
import type { ClusterImage, PartitionImage, RecordImage } from "../../core/picture/image";

/** What happened to a record up to now; asked for again when it has come further. Null while it is not known. */
export function useBiography(log: PartitionImage, record: RecordImage): Biography | null {
  const { topic, partition } = log;
  const { offset, timestampMs } = record;
  const id = `${topic}/${partition}/${offset}/${timestampMs}`;
  const [known, setKnown] = useState<{ readonly record: string; readonly biography: Biography } | null>(null);
  const come = useTopiq(({ image }) => (image ? howFar(image, log, offset) : ""));
  useEffect(() => {
    let isWanted = true;
    void query({ kind: "biography", topic, partition, offset, timestampMs }).then(({ biography }) => {
      if (isWanted && biography) setKnown({ record: id, biography });
    });
    return () => void (isWanted = false);
  }, [topic, partition, offset, timestampMs, id, come]);
  return known?.record === id ? known.biography : null;
}

/** What a record's state depends on, as text: it changes when something has happened to the record. */
function howFar(image: ClusterImage, log: PartitionImage, offset: number): string {
  const groups = log.tracks.map(({ groupId, owner, nextOffset, committedOffset }) => {
    const position = (owner === null ? undefined : image.consumers.get(owner)?.assignment.find(({ topic, partition }) => topic === log.topic && partition === log.partition))?.position ?? -1;
    return [groupId, owner, offset < position, offset < nextOffset, offset < committedOffset].join();
  });
  return [offset < log.highWatermark, ...groups].join(";");
}
