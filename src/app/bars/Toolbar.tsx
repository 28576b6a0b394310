import type { DragEvent, ReactNode } from "react";
import { type ActionName, actions, performAction } from "../../actions/actions";
import { useUndo } from "../../actions/undo";
import { NEW_ENTITY_DRAG_TYPE, type NewEntityKind } from "../../canvas/sceneTypes";
import { type MessageKey, t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { IconButton } from "../../ui/Button";
import { ConsumerIcon, FoldIcon, GroupIcon, type IconProps, OutlineIcon, PlusIcon, ProducerIcon, RedoIcon, SearchIcon, TopicIcon, UndoIcon } from "../../ui/icons";
import { Menu } from "../../ui/Menu";
import { DeliverAs } from "./DeliverAs";
import { Legend } from "./Legend";

interface Addable {
  readonly kind: NewEntityKind;
  readonly action: "addProducer" | "addTopic" | "addGroup" | "addConsumer";
  readonly label: MessageKey;
  readonly icon: (props: IconProps) => ReactNode;
}

const addables: readonly Addable[] = [
  { kind: "producer", action: "addProducer", label: "shell.producer", icon: ProducerIcon },
  { kind: "topic", action: "addTopic", label: "shell.topic", icon: TopicIcon },
  { kind: "group", action: "addGroup", label: "shell.group", icon: GroupIcon },
  { kind: "consumer", action: "addConsumer", label: "shell.consumer", icon: ConsumerIcon },
];

/** What can be added, pressed or dragged onto the canvas, and undo, redo and the way to every other command. */
export function Toolbar({ narrow }: { readonly narrow: boolean }): ReactNode {
  const ready = useTopiq((state) => actions.addProducer.enabled(state));
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
          items={addables.map(({ action, label, icon: Icon }) => ({ id: action, label: t(label), icon: <Icon />, disabled: !ready, onSelect: () => void performAction(action) }))}
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
        {addables.map(({ kind, action, label, icon: Icon }) => (
          <button
            key={kind}
            type="button"
            className="shell-tool"
            title={t(actions[action].label)}
            disabled={!ready}
            draggable={ready}
            onDragStart={(event) => carry(event, kind)}
            onClick={() => void performAction(action)}
          >
            <Icon />
            {t(label)}
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

function carry(event: DragEvent, kind: NewEntityKind): void {
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
