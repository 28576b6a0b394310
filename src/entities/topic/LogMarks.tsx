import type { ReactNode } from "react";
import type { PartitionImage } from "../../core/picture/image";
import "./logMarks.css";
import { Term } from "../../panels/inspector/parts/Term";

/** A log's own offsets. */
export function LogMarks({ log }: { readonly log: PartitionImage }): ReactNode {
  return (
    <p className="inspector-marks">
      <span>
        <Term word="term.logStart" meaning="term.logStart.meaning" /> <b>{log.logStartOffset}</b>
      </span>
      <span>
        <Term word="term.highWatermark" meaning="term.highWatermark.meaning" /> <b>{log.highWatermark}</b>
      </span>
      <span>
        <Term word="term.logEnd" meaning="term.logEnd.meaning" /> <b>{log.logEndOffset}</b>
      </span>
    </p>
  );
}
