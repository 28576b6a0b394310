import { type ReactNode, useRef, useState } from "react";
import { performAction } from "../../actions/actions";
import { entityName, selectedEntity } from "../../actions/entities/entities";
import { t } from "../../i18n/t";
import { MoreIcon } from "../../ui/icons";
import { Menu } from "../../ui/Menu";
import type { ShownProps } from "../kindPanel";
import { panelNamed } from "../kindPanels";
import { NameField } from "./parts/NameField";
import { useNames } from "./parts/names";
import { useCommands } from "./parts/useCommands";
import "./inspectorHead.css";

/** What is shown, with the commands that its line in the outline has. A topic and its partition can be changed here; Kafka's own topics have no commands. */
export function InspectorHead({ shown }: ShownProps): ReactNode {
  const name = useNames();
  const [renaming, setRenaming] = useState<string | null>(null);
  const head = useRef<HTMLElement>(null);
  const { kind, id } = selectedEntity(shown);
  const entity = entityName(kind, id);
  const commands = useCommands(shown, () => setRenaming(entity));
  const Title = panelNamed(kind)?.Title;
  const rename = (label: string | null): void => {
    setRenaming(null);
    if (label !== null) void performAction("rename", { entity, label });
    // Typed to its end: the focus goes back to where it came from. Left for another place, it stays there.
    if (head.current?.contains(document.activeElement)) head.current.querySelector<HTMLElement>(".inspector-menu")?.focus();
  };
  return (
    <header ref={head} className="inspector-head">
      {renaming === entity ? <NameField key={entity} className="inspector-rename" name={name(kind, id)} onRename={rename} /> : Title && <Title shown={shown} />}
      {/* In one place whatever is shown: the focus stays on it when its command takes the thing away. */}
      {commands.length > 0 && (
        <Menu
          label={t("outline.menu", { name: name(kind, id) })}
          trigger={<MoreIcon />}
          triggerClassName="ui-icon-button inspector-menu"
          align="end"
          items={commands.map(({ perform, ...rest }) => ({ ...rest, onSelect: perform }))}
        />
      )}
    </header>
  );
}
