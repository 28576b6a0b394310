import { useState, type ReactNode } from "react";
import { useShallow } from "zustand/shallow";
import type { Refusal } from "../../../actions/simulation";
import { t } from "../../../i18n/t";
import { useTopiq } from "../../../store/topiqStore";
import { problemText } from "../../../actions/problems";
import { userTopics } from "../../../actions/userTopics";

export interface TopicChecksProps {
  readonly legend: string;
  readonly chosen: readonly string[];
  /** Changes those that are chosen by then: another may have been pressed meanwhile. */
  readonly onChange: (change: (now: readonly string[]) => readonly string[]) => Promise<Refusal | null>;
}

/** Which topics a producer writes to, or a group reads. */
export function TopicChecks({ legend, chosen, onChange }: TopicChecksProps): ReactNode {
  const existing = useTopiq(useShallow(({ image }) => (image ? userTopics(image) : [])));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  // A chosen topic that was deleted stays to be seen, and to be taken out.
  const names = [...existing, ...chosen.filter((name) => !existing.includes(name))];
  const toggle = async (name: string): Promise<void> => {
    setRefusal(await onChange((now) => (now.includes(name) ? now.filter((other) => other !== name) : [...now, name])));
  };
  return (
    <fieldset className="settings-topics">
      <legend>{legend}</legend>
      {names.length === 0 && <span className="panel-quiet">{t("settings.noTopics")}</span>}
      {names.map((name) => (
        <label key={name}>
          <input type="checkbox" checked={chosen.includes(name)} onChange={() => void toggle(name)} />
          {existing.includes(name) ? name : t("settings.topicMissing", { topic: name })}
        </label>
      ))}
      {refusal && (
        <span className="ui-field-error" role="alert">
          {problemText(refusal)}
        </span>
      )}
    </fieldset>
  );
}
