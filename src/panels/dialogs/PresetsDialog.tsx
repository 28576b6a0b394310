import { type ReactNode, useEffect, useState } from "react";
import { inLanguage } from "../../actions/entities";
import { leaveAddress, loadPresets, openScenario } from "../../actions/sharing";
import { t } from "../../i18n/t";
import type { Scenario } from "../../scenario/scenario";
import { setView, useTopiq } from "../../store/topiqStore";
import { Dialog } from "../../ui/Dialog";
import { plainText } from "../../ui/RichText";
import { KeptRuns } from "./KeptRuns";
import "./dialogs.css";

/** Scenes that come with the page, each with the one thing that it shows. */
export function PresetsDialog(): ReactNode {
  const [presets, setPresets] = useState<readonly { readonly id: string; readonly scenario: Scenario }[]>([]);
  const language = useTopiq((state) => state.view.language);
  useEffect(() => {
    void loadPresets().then(setPresets);
  }, []);
  const close = (): void => setView({ dialog: null });
  return (
    <Dialog wide title={t("presets.title")} closeLabel={t("shell.close")} onClose={close}>
      <p className="dialog-lead">{t("presets.lead")}</p>
      <ul className="preset-list">
        {presets.map(({ id, scenario }) => (
          <li key={id}>
            <button
              type="button"
              className="preset"
              data-preset={id}
              onClick={() => {
                close();
                leaveAddress();
                void openScenario(scenario, true);
              }}
            >
              <strong>{inLanguage(scenario.name, language)}</strong>
              <span>{plainText(inLanguage(scenario.description, language))}</span>
            </button>
          </li>
        ))}
      </ul>
      <KeptRuns onOpen={close} />
    </Dialog>
  );
}
