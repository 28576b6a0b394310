import { type ReactNode, useState } from "react";
import { inLanguage } from "../../actions/entities";
import { embedHtml, type ShareChoice } from "../../actions/sharing";
import { t } from "../../i18n/t";
import { setView, useTopiq } from "../../store/topiqStore";
import { Dialog } from "../../ui/Dialog";
import { CopyBox } from "./CopyBox";
import "./dialogs.css";
import { ShareChoices } from "./ShareChoices";
import { usePageLink } from "./usePageLink";

/** The HTML that puts this scene into a page. */
export function EmbedDialog(): ReactNode {
  const [choice, setChoice] = useState<ShareChoice>("scenario");
  const [timeUs] = useState(() => useTopiq.getState().playback?.timeUs ?? 0);
  const title = useTopiq((state) => (state.scenario ? inLanguage(state.scenario.name, state.view.language) : ""));
  const { address, failed } = usePageLink(choice, true);
  return (
    <Dialog title={t("embed.title")} closeLabel={t("shell.close")} onClose={() => setView({ dialog: null })}>
      <p className="dialog-lead">{t("embed.lead")}</p>
      <ShareChoices value={choice} timeUs={timeUs} onChange={setChoice} />
      {failed ? <p role="alert">{t("share.failed")}</p> : <CopyBox text={address === "" ? "" : embedHtml(address, `Topiq: ${title}`)} label={t("embed.html")} lines={6} />}
    </Dialog>
  );
}
