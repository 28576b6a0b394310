import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { openingAdvice } from "../../actions/problems";
import { leaveAddress } from "../../actions/sharing";
import { t } from "../../i18n/t";
import { type Unopened, useTopiq } from "../../store/topiqStore";
import { Button } from "../../ui/Button";

/** Stands where the scene would be when the address cannot be opened. Nothing is opened in its place until a person asks; what was open goes on behind it. */
export function OpeningFailed({ problem, embed = false }: { readonly problem: Unopened; readonly embed?: boolean }): ReactNode {
  const isBehind = useTopiq((state) => state.image !== null);
  return (
    <section className="shell-problem shell-problem-over" role="alert">
      <h1>{t(`opening.${problem.reason}.title`)}</h1>
      <p>{openingAdvice(problem)}</p>
      {!embed && <p className="shell-problem-note">{t("opening.nothingLost")}</p>}
      {embed && isBehind && (
        <div className="shell-problem-actions">
          <Button kind="primary" onClick={goBack}>
            {t("opening.back")}
          </Button>
        </div>
      )}
      {!embed && (
        <div className="shell-problem-actions">
          <Button kind="primary" onClick={isBehind ? goBack : () => location.assign(location.pathname)}>
            {t(isBehind ? "opening.back" : "opening.own")}
          </Button>
          <Button onClick={() => void performAction("examples")}>{t("opening.examples")}</Button>
        </div>
      )}
    </section>
  );
}

/** To what is open; loading the page again then brings that back, too. */
function goBack(): void {
  leaveAddress();
  useTopiq.setState({ unopened: null });
}
