import type { DragEvent, ReactNode } from "react";
import { type ActionName, actions, performAction } from "../../actions/actions";
import { type KindOffer, kindOffers, useKindTable } from "../../actions/entities/kindTable";
import { useUndo } from "../../actions/undo";
import { NEW_ENTITY_DRAG_TYPE } from "../../canvas/sceneTypes";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { IconButton } from "../../ui/Button";
import { FoldIcon, MoreIcon, OutlineIcon, PlusIcon, RedoIcon, SearchIcon, UndoIcon } from "../../ui/icons";
import { Menu, type MenuItem } from "../../ui/Menu";
import { DeliverAs } from "./DeliverAs";
import { Legend } from "./Legend";

/** What can be added, pressed or dragged onto the canvas, and undo, redo and the way to every other command. */
export function Toolbar({ narrow }: { readonly narrow: boolean }): ReactNode {
  const ready = useTopiq((state) => actions.add.enabled(state));
  useKindTable();
  const { first, more } = kindOffers();
  const itemOf = ({ name, word, icon: Icon }: KindOffer): MenuItem => ({ id: name, label: t(word), icon: <Icon />, disabled: !ready, onSelect: () => void performAction("add", { kind: name }) });
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
          items={[...first.map(itemOf), "separator", ...more.map(itemOf)]}
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
        {first.map(({ name: kind, word, label, icon: Icon }) => (
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
        <Menu label={t("shell.more")} triggerClassName="shell-tool" trigger={<MoreTrigger />} items={more.map(itemOf)} />
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

function MoreTrigger(): ReactNode {
  return (
    <>
      <MoreIcon />
      {t("shell.more")}
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
