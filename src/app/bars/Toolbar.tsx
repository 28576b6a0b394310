import type { DragEvent, ReactNode } from "react";
import { type ActionName, actions, performAction } from "../../actions/actions";
import { allKinds } from "../../actions/entities/kindTable";
import { useUndo } from "../../actions/undo";
import { NEW_ENTITY_DRAG_TYPE } from "../../canvas/sceneTypes";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { IconButton } from "../../ui/Button";
import { FoldIcon, OutlineIcon, PlusIcon, RedoIcon, SearchIcon, UndoIcon } from "../../ui/icons";
import { Menu } from "../../ui/Menu";
import { DeliverAs } from "./DeliverAs";
import { Legend } from "./Legend";

/** What can be added, pressed or dragged onto the canvas, and undo, redo and the way to every other command. */
export function Toolbar({ narrow }: { readonly narrow: boolean }): ReactNode {
  const ready = useTopiq((state) => actions.add.enabled(state));
  const addables = allKinds().flatMap(({ name, icon, addition }) => (addition ? [{ kind: name, icon, ...addition }] : []));
  const drawer = useTopiq((state) => state.view.drawer);
  const folded = useTopiq((state) => state.view.sideFolded);
  // Read so that the buttons follow.
  useUndo();
  if (narrow) {
    return (
      <div className="shell-toolbar shell-toolbar-narrow">
        <Menu
          label={t("shell.add")}
          trigger={<PlusIcon />}
          items={addables.map(({ kind, word, icon: Icon }) => ({ id: kind, label: t(word), icon: <Icon />, disabled: !ready, onSelect: () => void performAction("add", { kind }) }))}
        />
        <DeliverAs legendHidden />
        <ActionIcon name="undo" icon={<UndoIcon />} />
        <Legend isSign />
      </div>
    );
  }
  return (
    <>
      <div className="shell-toolbar" role="toolbar" aria-label={t("shell.add")}>
        <Toggle name="outline" icon={<OutlineIcon />} isOn={drawer === "outline"} />
        <span className="shell-toolbar-line" />
        {addables.map(({ kind, word, label, icon: Icon }) => (
          <button
            key={kind}
            type="button"
            className="shell-tool"
            title={t(label)}
            disabled={!ready}
            draggable={ready}
            onDragStart={(event) => carry(event, kind)}
            onClick={() => void performAction("add", { kind })}
          >
            <Icon />
            {t(word)}
          </button>
        ))}
        <span className="shell-toolbar-line" />
        <ActionIcon name="undo" icon={<UndoIcon />} />
        <ActionIcon name="redo" icon={<RedoIcon />} />
        <ActionIcon name="palette" icon={<SearchIcon />} />
      </div>
      <div className="shell-toolbar shell-toolbar-end">
        <Toggle name="fold" icon={<FoldIcon />} isOn={!folded} />
      </div>
    </>
  );
}

function carry(event: DragEvent, kind: string): void {
  event.dataTransfer.setData(NEW_ENTITY_DRAG_TYPE, kind);
  event.dataTransfer.effectAllowed = "copy";
}

function ActionIcon({ name, icon }: { readonly name: "undo" | "redo" | "palette"; readonly icon: ReactNode }): ReactNode {
  const action = actions[name satisfies ActionName];
  return <IconButton label={t(action.label)} icon={icon} disabled={!action.enabled(useTopiq.getState())} onClick={() => void performAction(name)} />;
}

/** Opens and closes a panel. */
function Toggle({ name, icon, isOn }: { readonly name: "outline" | "fold"; readonly icon: ReactNode; readonly isOn: boolean }): ReactNode {
  return <IconButton label={t(actions[name].label)} icon={icon} aria-pressed={isOn} onClick={() => void performAction(name)} />;
}
