import type { KeyboardEvent, ReactNode } from "react";
import { t } from "../../i18n/t";
import { type Selection, setView, useTopiq } from "../../store/topiqStore";
import type { InspectorTab, PanelTab } from "../kindPanel";
import { panelNamed } from "../kindPanels";
import { InspectorHead } from "./InspectorHead";
import { useShown } from "./shownSelection";
import "./inspector.css";
import "./settings/settings.css";

/** What is selected, or else the scene's first partition: its records, settings and figures, and why it is as it is. */
export function Inspector(): ReactNode {
  const isPictured = useTopiq((state) => state.image !== null);
  const shown = useShown(useTopiq((state) => state.selection));
  const wanted = useTopiq((state) => state.view.inspectorTab);
  // The words change with the language.
  useTopiq((state) => state.view.language);
  const tabs = useTabs(shown);
  if (!isPictured) return <div className="inspector" />;
  const tab = tabs.find(({ name }) => name === wanted) ?? tabs[0];
  if (!shown || !tab) return <p className="inspector panel-note">{t("inspector.empty")}</p>;
  return (
    <div className="inspector">
      <InspectorHead shown={shown} />
      <Tabs tabs={tabs.map(({ name }) => name)} current={tab.name} />
      <div id="inspector-panel" role="tabpanel" aria-labelledby={`inspector-tab-${tab.name}`} className="inspector-body">
        <tab.Body shown={shown} />
      </div>
    </div>
  );
}

function useTabs(shown: Selection | null): readonly PanelTab[] {
  const tabsNow = (): readonly PanelTab[] => {
    const { image } = useTopiq.getState();
    return (image && shown && panelNamed(shown.kind)?.tabs(image, shown)) ?? [];
  };
  useTopiq(() => tabsNow().map(({ name }) => name).join());
  return tabsNow();
}

function Tabs({ tabs, current }: { readonly tabs: readonly InspectorTab[]; readonly current: InspectorTab }): ReactNode {
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step && tabs[(tabs.indexOf(current) + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    setView({ inspectorTab: next });
    event.currentTarget.querySelector<HTMLElement>(`#inspector-tab-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={t("inspector.tabs")} className="inspector-tabs" onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab}
          id={`inspector-tab-${tab}`}
          type="button"
          role="tab"
          aria-selected={tab === current}
          aria-controls="inspector-panel"
          tabIndex={tab === current ? 0 : -1}
          onClick={() => setView({ inspectorTab: tab })}
        >
          {t(`inspector.tab.${tab}`)}
        </button>
      ))}
    </div>
  );
}
