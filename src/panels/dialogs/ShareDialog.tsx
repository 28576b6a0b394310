import { type ReactNode, useState } from "react";
import { pageAddress, type ShareChoice } from "../../actions/sharing";
import { t } from "../../i18n/t";
import { setView, useTopiq } from "../../store/topiqStore";
import { Dialog } from "../../ui/Dialog";
import { CopyBox } from "./CopyBox";
import "./dialogs.css";
import { LongLink } from "./LongLink";
import { ShareChoices } from "./ShareChoices";
import { useFragment } from "./useFragment";

/** A link that holds the scenario: nothing is stored anywhere else. */
export function ShareDialog(): ReactNode {
  const [choice, setChoice] = useState<ShareChoice>("scenario");
  // The moment at which the dialog was opened: the link is made for it.
  const [timeUs] = useState(() => useTopiq.getState().playback?.timeUs ?? 0);
  const { fragment, failed } = useFragment(choice);
  const address = fragment === "" ? "" : pageAddress(fragment);
  return (
    <Dialog title={t("share.title")} closeLabel={t("shell.close")} onClose={() => setView({ dialog: null })}>
      <p className="dialog-lead">{t("share.lead")}</p>
      <ShareChoices value={choice} timeUs={timeUs} onChange={setChoice} />
      <LongLink choice={choice} address={address} />
      {failed ? <p role="alert">{t("share.failed")}</p> : <CopyBox text={address} copies={`${address}\n`} label={t("share.link")} lines={4} />}
    </Dialog>
  );
}
