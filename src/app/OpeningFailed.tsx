import type { ReactNode } from "react";
import { performAction } from "../actions/actions";
import { openingAdvice } from "../actions/problems";
import { t } from "../i18n/t";
import { Button } from "../ui/Button";
import type { OpeningProblem } from "./opening";

/** Stands where the scene would be when the address cannot be opened. Nothing is opened in its place until a person asks. */
export function OpeningFailed({ problem, embed = false }: { readonly problem: OpeningProblem; readonly embed?: boolean }): ReactNode {
  return (
    <section className="shell-problem shell-problem-over" role="alert">
      <h1>{t(`opening.${problem.reason}.title`)}</h1>
      <p>{openingAdvice(problem)}</p>
      {!embed && <p className="shell-problem-note">{t("opening.nothingLost")}</p>}
      {!embed && (
        <div className="shell-problem-actions">
          <Button kind="primary" onClick={() => location.assign(location.pathname)}>
            {t("opening.own")}
          </Button>
          <Button onClick={() => void performAction("presets")}>{t("opening.presets")}</Button>
        </div>
      )}
    </section>
  );
}
