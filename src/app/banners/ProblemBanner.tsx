import { type ReactNode, useState } from "react";
import { formatClock } from "../../actions/clock";
import { keepCopy, openRun } from "../../actions/sharing";
import { keepWorld } from "../../actions/simulation";
import { hasDone, useUndo } from "../../actions/undo";
import type { StorageStatus } from "../../bridge/messages";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { Button, IconButton } from "../../ui/Button";
import { CloseIcon, WarningIcon } from "../../ui/icons";
import { RichText } from "../../ui/RichText";
import "./banner.css";

/** What stands in the way of keeping or of running, with what can be done about it. Calm: it can be put away, and comes back when it changes. */
export function ProblemBanner(): ReactNode {
  const storage = useTopiq((state) => state.storage);
  const crash = useTopiq((state) => state.crash);
  // To try again would throw away what was done in the copy.
  const hasWorked = useUndo(hasDone);
  const [dismissed, setDismissed] = useState<StorageStatus | null>(null);
  if (crash !== null) {
    return (
      <Banner text={t("crash.simulation")} detail={crash}>
        <Button kind="primary" onClick={loadWithoutAddress}>
          {t("crash.reload")}
        </Button>
      </Banner>
    );
  }
  if (storage.state !== "memory" || storage.reason === "asked" || storage === dismissed) return null;
  const { reason, savedUntilUs } = storage;
  const ownCopy = reason === "link" || reason === "otherTab";
  const until = savedUntilUs === null ? "" : t("storage.savedUntil", { time: formatClock(savedUntilUs) });
  return (
    <Banner text={`${t(reason === "otherTab" && hasWorked ? "storage.reason.otherTab.worked" : `storage.reason.${reason}`)} ${until}`} onClose={() => setDismissed(storage)}>
      {ownCopy ? (
        <>
          {reason === "otherTab" && !hasWorked && <Button onClick={() => void openRun(null)}>{t("storage.retry")}</Button>}
          <Button onClick={() => void keepCopy()}>{t("storage.keep")}</Button>
        </>
      ) : (
        <Button onClick={() => void keepWorld("retryStorage")}>{t("storage.retry")}</Button>
      )}
    </Banner>
  );
}

/** Loads the page again as it opens by itself: what the address asked for may be what has stopped it. */
function loadWithoutAddress(): void {
  if (location.search === "" && location.hash === "") location.reload();
  else location.assign(location.pathname);
}

function Banner({ text, detail, onClose, children }: { readonly text: string; readonly detail?: string; readonly onClose?: () => void; readonly children: ReactNode }): ReactNode {
  return (
    <div className="shell-banner" role="alert">
      <WarningIcon />
      <p>
        <RichText text={text} />
        {detail !== undefined && <span className="mono shell-banner-detail">{detail}</span>}
      </p>
      {children}
      {onClose && <IconButton label={t("shell.close")} icon={<CloseIcon />} onClick={onClose} />}
    </div>
  );
}
