import { type KeyboardEvent, type ReactNode, useState } from "react";
import { type ActionName, actions, performAction } from "../../actions/actions";
import { inLanguage } from "../../actions/entities/entities";
import { useUndo } from "../../actions/undo";
import { isComposing } from "../../i18n/composing";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { Button, IconButton } from "../../ui/Button";
import { HelpIcon, MenuIcon, MoonIcon, SunIcon } from "../../ui/icons";
import { Menu, type MenuItem } from "../../ui/Menu";
import { DeliverAs } from "./DeliverAs";
import { Logo } from "./Logo";
import { StorageStatusText } from "./StorageStatusText";

/** The bar at the top. On a narrow window all but the names goes into a menu. */
export function Header({ narrow }: { readonly narrow: boolean }): ReactNode {
  const theme = useTopiq((state) => state.view.theme);
  const ready = useTopiq((state) => actions.share.enabled(state));
  // Read so that the menu's undo and redo follow.
  useUndo();
  return (
    <header className="shell-header">
      <Logo nameHidden={narrow} />
      <ScenarioName />
      {!narrow && <StorageStatusText />}
      <span className="shell-space" />
      {narrow ? (
        <Menu label={t("shell.menu")} triggerClassName="ui-icon-button" trigger={<MenuIcon />} align="end" items={menuItems()} />
      ) : (
        <>
          <DeliverAs />
          <span className="shell-space" />
          <Button kind="quiet" onClick={() => void performAction("examples")}>
            {t("action.examples")}
          </Button>
          <Button kind="quiet" onClick={() => void performAction("language")}>
            {t("shell.otherLanguage")}
          </Button>
          <IconButton
            label={t(theme === "light" ? "shell.dark" : "shell.light")}
            icon={theme === "light" ? <MoonIcon /> : <SunIcon />}
            onClick={() => void performAction("theme")}
          />
          <IconButton label={t("action.help")} icon={<HelpIcon />} onClick={() => void performAction("help")} />
          <Button disabled={!ready} onClick={() => void performAction("embed")}>
            {t("action.embed")}
          </Button>
          <Button kind="primary" disabled={!ready} onClick={() => void performAction("share")}>
            {t("action.share")}
          </Button>
        </>
      )}
    </header>
  );
}

const menuActions = ["deliverAsQueue", "deliverAsPubsub", "examples", "share", "embed", "undo", "redo", "outline", "palette", "language", "theme", "help"] as const satisfies readonly ActionName[];

function menuItems(): readonly MenuItem[] {
  const state = useTopiq.getState();
  return menuActions.map((name) => ({
    id: name,
    label: t(actions[name].label),
    disabled: !actions[name].enabled(state),
    onSelect: () => void performAction(name),
  }));
}

/** The scene's name; press it to change it. */
function ScenarioName(): ReactNode {
  const name = useTopiq((state) => (state.scenario ? inLanguage(state.scenario.name, state.view.language) : ""));
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (): void => {
    if (draft !== null && draft.trim() !== name) void performAction("renameScenario", { name: draft });
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Enter") commit();
    else if (event.key === "Escape") setDraft(null);
  };
  if (draft === null) {
    return (
      <button type="button" className="shell-name" title={t("action.renameScenario")} disabled={name === ""} onClick={() => setDraft(name)}>
        {name}
      </button>
    );
  }
  return (
    <input
      className="ui-input shell-name-input"
      aria-label={t("action.renameScenario")}
      value={draft}
      maxLength={80}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
