import type { ReactNode } from "react";
import { formatClock } from "../../actions/clock";
import type { ShareChoice } from "../../actions/sharing";
import { t } from "../../i18n/t";

export interface ShareChoicesProps {
  readonly value: ShareChoice;
  /** The moment up to which the exact run goes. */
  readonly timeUs: number;
  readonly onChange: (choice: ShareChoice) => void;
}

/** What a link holds: the scenario as a beginning, or this exact run up to this moment. */
export function ShareChoices({ value, timeUs, onChange }: ShareChoicesProps): ReactNode {
  const choices = [
    { id: "scenario", title: t("share.scenario"), note: t("share.scenarioNote") },
    { id: "run", title: t("share.run", { time: formatClock(timeUs) }), note: t("share.runNote") },
  ] as const;
  return (
    <fieldset className="share-choices">
      <legend className="sr-only">{t("share.what")}</legend>
      {choices.map(({ id, title, note }) => (
        <label key={id} className="share-choice">
          <input type="radio" name="share-choice" checked={value === id} onChange={() => onChange(id)} />
          <strong>{title}</strong>
          <span className="share-note">{note}</span>
        </label>
      ))}
    </fieldset>
  );
}
