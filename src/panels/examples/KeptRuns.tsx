import { type ReactNode, useEffect, useState } from "react";
import { formatClock } from "../../actions/clock";
import { inLanguage } from "../../actions/entities/entities";
import { keptRuns, leaveAddress, openRun } from "../../actions/sharing";
import { send } from "../../actions/simulation";
import type { KeptRun } from "../../bridge/messages";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { Button } from "../../ui/Button";

/** The runs that this browser keeps: to go on with, or to throw away. */
export function KeptRuns({ onOpen }: { readonly onOpen: () => void }): ReactNode {
  const [runs, setRuns] = useState<readonly KeptRun[]>([]);
  const [doomed, setDoomed] = useState<string | null>(null);
  const language = useTopiq((state) => state.view.language);
  const openId = useTopiq((state) => (state.storage.state === "saved" ? state.storage.runId : null));
  const refresh = (): void => void keptRuns().then(setRuns);
  // What was open until now is one of them, once something else is.
  useEffect(refresh, [openId]);
  const others = runs.filter(({ runId }) => runId !== openId);
  if (others.length === 0) return null;
  const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return (
    <section className="kept-runs" aria-label={t("runs.title")}>
      <h3>{t("runs.title")}</h3>
      <ul>
        {others.map(({ runId, name, savedAtMs, timeUs, commands }) => (
          <li key={runId}>
            <button
              type="button"
              className="kept-run"
              onClick={() => {
                onOpen();
                leaveAddress();
                void openRun(runId);
              }}
            >
              <strong>{inLanguage(name, language)}</strong>
              <span>{t(commands === 1 ? "runs.factsOne" : "runs.facts", { time: formatClock(timeUs), commands, date: dates.format(savedAtMs) })}</span>
            </button>
            <Button
              kind={doomed === runId ? "danger" : "quiet"}
              aria-label={t(doomed === runId ? "runs.deleteSure" : "runs.delete", { name: inLanguage(name, language) })}
              onBlur={() => setDoomed(null)}
              onClick={() => {
                if (doomed !== runId) return setDoomed(runId);
                send({ type: "deleteRun", runId });
                refresh();
              }}
            >
              {t(doomed === runId ? "runs.sure" : "action.delete")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
