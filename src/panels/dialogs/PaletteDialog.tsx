import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { type Action, type ActionName, actions, performAction } from "../../actions/actions";
import { kindOffers } from "../../actions/entities/kindTable";
import { shortcutText } from "../../actions/shortcuts";
import { isComposing } from "../../i18n/composing";
import { t } from "../../i18n/t";
import { setView, useTopiq } from "../../store/topiqStore";
import { Dialog } from "../../ui/Dialog";
import "./dialogs.css";

/** Every command by name: typed, chosen by arrow keys, done by Enter. */
export function PaletteDialog(): ReactNode {
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const state = useTopiq.getState();
  const found = commands().filter(({ label, enabled }) => matches(t(label), search) && enabled(state));
  const current = Math.min(chosen, found.length - 1);

  const choose = (command: PaletteCommand): void => {
    setView({ dialog: null });
    command.perform();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) {
      // The browser would close the dialog by it.
      if (event.key === "Escape") event.preventDefault();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setChosen((current + step + found.length) % found.length);
      return;
    }
    const command = found[current];
    if (event.key === "Enter" && command) {
      event.preventDefault();
      choose(command);
    }
  };

  return (
    <Dialog bare title={t("action.palette")} closeLabel={t("shell.close")} onClose={() => setView({ dialog: null })}>
      <input
        className="ui-input palette-search"
        type="text"
        role="combobox"
        data-first-focus
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found[current] && `${listId}-${found[current].id}`}
        aria-label={t("action.palette")}
        placeholder={t("palette.placeholder")}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t("action.palette")} className="palette-list">
        {found.map((command, index) => (
          <div
            key={command.id}
            id={`${listId}-${command.id}`}
            ref={index === current ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
            role="option"
            aria-selected={index === current}
            className="palette-item"
            onClick={() => choose(command)}
          >
            {t(command.label)}
            <span className="palette-key">{command.keys?.[0] !== undefined && <kbd>{shortcutText(command.keys[0], onMac)}</kbd>}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="palette-none">{t("palette.none")}</p>}
    </Dialog>
  );
}

const onMac = /mac|iphone|ipad/i.test(navigator.userAgent);
interface PaletteCommand extends Pick<Action<unknown>, "label" | "keys" | "enabled"> {
  readonly id: string;
  readonly perform: () => void;
}

/** What can be added, and every action that needs nothing to be told. */
function commands(): readonly PaletteCommand[] {
  const { first, more } = kindOffers();
  const additions = [...first, ...more].map(({ name: kind, label }) => ({ id: `add-${kind}`, label, enabled: actions.add.enabled, perform: () => void performAction("add", { kind }) }));
  const names = (Object.keys(actions) as ActionName[]).filter((name) => !actions[name].gesture && name !== "palette" && name !== "verb");
  // Only actions whose parameters are all optional are listed.
  return [...additions, ...names.map((name) => ({ ...actions[name], id: name, perform: () => void performAction(name as "undo") }))];
}

/** Every typed word is somewhere in the label. */
function matches(label: string, search: string): boolean {
  const text = label.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
