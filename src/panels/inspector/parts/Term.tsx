import type { ReactNode } from "react";
import { t, type MessageKey } from "../../../i18n/t";
import { Tooltip } from "../../../ui/Tooltip";

export interface TermProps {
  /** The word. */
  readonly word: MessageKey;
  /** What it means, in plain language. */
  readonly meaning: MessageKey;
  readonly below?: boolean;
}

/** A word of Kafka's with its explanation. It keeps to the panel's left edge, where there is room for the text. */
export function Term({ word, meaning, below = false }: TermProps): ReactNode {
  return (
    <Tooltip term text={t(meaning)} align="start" below={below}>
      {t(word)}
    </Tooltip>
  );
}
