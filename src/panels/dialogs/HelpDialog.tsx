import type { ReactNode } from "react";
import { type ActionName, actions, performAction } from "../../actions/actions";
import { shortcutText } from "../../actions/shortcuts";
import { t } from "../../i18n/t";
import { setView, useTopiq } from "../../store/topiqStore";
import { Dialog } from "../../ui/Dialog";
import { RichText } from "../../ui/RichText";
import { LegendList } from "../legend/LegendList";
import "./dialogs.css";

/** Keys, what the picture means, and what is and what is not as in Kafka. */
export function HelpDialog(): ReactNode {
  const singleKeys = useTopiq((state) => state.view.singleKeys);
  return (
    <Dialog wide title={t("help.title")} closeLabel={t("shell.close")} onClose={() => setView({ dialog: null })}>
      <section className="help-section">
        <h3>{t("help.picture")}</h3>
        <LegendList />
      </section>
      <section className="help-section">
        <h3>{t("help.keys")}</h3>
        <dl className="help-keys">
          {keyed.map((name) => (
            <div key={name}>
              <dt>
                {(actions[name].keys ?? []).map((key) => (
                  <kbd key={key}>{shortcutText(key, onMac)}</kbd>
                ))}
              </dt>
              <dd>{t(actions[name].label)}</dd>
            </div>
          ))}
        </dl>
        <label className="help-switch">
          <input type="checkbox" checked={singleKeys} onChange={(event) => void performAction("singleKeys", { on: event.target.checked })} />
          {t("help.singleKeys")}
        </label>
      </section>
      <section className="help-section">
        <h3>{t("help.faithful")}</h3>
        <p>
          <RichText text={t("help.faithfulText")} />
        </p>
        <h3>{t("help.slowed")}</h3>
        <p>
          <RichText text={t("help.slowedText")} />
        </p>
      </section>
      <p className="help-trademark">{t("help.trademark")}</p>
    </Dialog>
  );
}

const onMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** The actions that have keys. */
const keyed = (Object.keys(actions) as ActionName[]).filter((name) => actions[name].keys !== undefined);
