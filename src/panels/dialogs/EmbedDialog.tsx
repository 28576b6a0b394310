import { type ReactNode, useState } from "react";
import { inLanguage } from "../../actions/entities/entities";
import { embedAddress, embedHtml } from "../../actions/embedding";
import { pageAddress, type ShareChoice } from "../../actions/sharing";
import { t } from "../../i18n/t";
import { setView, useTopiq } from "../../store/topiqStore";
import { Dialog } from "../../ui/Dialog";
import { Segmented } from "../../ui/Segmented";
import { CopyBox } from "./CopyBox";
import "./dialogs.css";
import { ShareChoices } from "./ShareChoices";
import { useFragment } from "./useFragment";

/** The HTML that puts this scene into a page. */
export function EmbedDialog(): ReactNode {
  const [choice, setChoice] = useState<ShareChoice>("scenario");
  const [theme, setTheme] = useState<"reader" | "light" | "dark">("reader");
  const [timeUs] = useState(() => useTopiq.getState().playback?.timeUs ?? 0);
  const title = useTopiq((state) => (state.scenario ? inLanguage(state.scenario.name, state.view.language) : ""));
  const { fragment, failed } = useFragment(choice);
  const addresses = { embed: embedAddress(fragment, theme === "reader" ? null : theme), page: pageAddress(fragment) };
  return (
    <Dialog title={t("embed.title")} closeLabel={t("shell.close")} onClose={() => setView({ dialog: null })}>
      <p className="dialog-lead">{t("embed.lead")}</p>
      <ShareChoices value={choice} timeUs={timeUs} onChange={setChoice} />
      <Segmented
        className="embed-theme"
        legend={t("embed.theme")}
        value={theme}
        options={[
          { value: "reader", label: t("embed.theme.reader") },
          { value: "light", label: t("embed.theme.light") },
          { value: "dark", label: t("embed.theme.dark") },
        ]}
        onChange={setTheme}
      />
      {failed ? <p role="alert">{t("share.failed")}</p> : <CopyBox text={fragment === "" ? "" : embedHtml(addresses, `Topiq: ${title}`)} label={t("embed.html")} lines={6} />}
      <p className="embed-note">{t("embed.note")}</p>
    </Dialog>
  );
}
