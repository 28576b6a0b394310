import { memo, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import { partitionSelection } from "../../actions/entities/logSelection";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { t } from "../../i18n/t";
import { select, useTopiq } from "../../store/topiqStore";
import { formatCount } from "../marks/formatCount";
import { WaitingFigure } from "../marks/Figures";

/** A partition of many, as one row: its newest record, who reads it, and the most that waits. Pressed, it is chosen, and drawn as a lane. */
export const ThinLane = memo(function ThinLane({ topic, partition }: { readonly topic: string; readonly partition: number }): ReactNode {
  const image = useTopiq((state) => state.image?.partitions.get(formatTopicPartition(topic, partition)));
  if (!image) return null;
  const owner = image.tracks.find((track) => track.owner !== null)?.owner ?? null;
  const newest = image.tail.at(-1);
  const most = Math.max(0, ...image.tracks.map(({ waiting }) => waiting));
  const choose = (event: MouseEvent | KeyboardEvent): void => {
    event.stopPropagation();
    select([partitionSelection(topic, partition)]);
  };
  return (
    <div
      className="scene-thin nodrag"
      role="button"
      tabIndex={0}
      aria-label={t("canvas.laneLabel", { topic, partition, end: image.logEndOffset, count: image.recordCount })}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key === "Enter") choose(event);
      }}
    >
      <b>P{partition}</b>
      {newest && (
        <span className="scene-thin-cell" data-colour={newest.colour}>
          {newest.offset}
        </span>
      )}
      <span className="scene-space" />
      <span>{owner ?? ""}</span>
      <span>{most > 0 && <WaitingFigure count={formatCount(most)} />}</span>
    </div>
  );
});
