import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { type ActionName, actions, performAction } from "../../actions/actions";
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
  const found = commands.filter((name) => matches(t(actions[name].label), search) && actions[name].enabled(state));
  const current = Math.min(chosen, found.length - 1);

  const perform = (name: ActionName): void => {
    setView({ dialog: null });
    // Only actions whose parameters are all optional are listed.
    void performAction(name as "undo");
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
    const name = found[current];
    if (event.key === "Enter" && name) {
      event.preventDefault();
      perform(name);
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
        aria-activedescendant={found[current] && `${listId}-${found[current]}`}
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
        {found.map((name, index) => (
          <div
            key={name}
            id={`${listId}-${name}`}
            ref={index === current ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
            role="option"
            aria-selected={index === current}
            className="palette-item"
            onClick={() => perform(name)}
          >
            {t(actions[name].label)}
            <span className="palette-key">{actions[name].keys?.[0] !== undefined && <kbd>{shortcutText(actions[name].keys[0], onMac)}</kbd>}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="palette-none">{t("palette.none")}</p>}
    </Dialog>
  );
}

const onMac = /mac|iphone|ipad/i.test(navigator.userAgent);
const commands = (Object.keys(actions) as ActionName[]).filter((name) => !actions[name].gesture && name !== "palette" && name !== "verb");

/** Every typed word is somewhere in the label. */
function matches(label: string, search: string): boolean {
  const text = label.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
