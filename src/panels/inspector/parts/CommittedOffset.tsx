import type { ReactNode } from "react";
import { recordSelection } from "../../../actions/entities/logSelection";
import { t } from "../../../i18n/t";
import { select } from "../../../store/topiqStore";

interface CommittedOffsetProps {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly start: number;
  readonly end: number;
}

/** A committed offset opens its record, where there is one. */
export function CommittedOffset({ topic, partition, offset, start, end }: CommittedOffsetProps): ReactNode {
  if (offset < 0) return "–";
  if (offset >= end || offset < start) return offset;
  return (
    <button type="button" className="panel-link" title={t("group.offsets.open")} onClick={() => select([recordSelection(topic, partition, offset)])}>
      {offset}
    </button>
  );
}
