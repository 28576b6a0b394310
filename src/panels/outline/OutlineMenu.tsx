import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { parseEntity } from "../../actions/entities/entities";
import { kindNamed } from "../../actions/entities/kindTable";
import { t } from "../../i18n/t";
import { MoreIcon } from "../../ui/icons";
import { Menu } from "../../ui/Menu";
import { command, type EntityCommand } from "../inspector/parts/entityCommands";
import { useCommands } from "../inspector/parts/useCommands";
import { type OutlineItem, outlineName } from "./outlineItem";

interface OutlineMenuProps {
  readonly item: OutlineItem;
  /** It opens upwards: there may be no room below. */
  readonly low: boolean;
  readonly onRename: () => void;
}

/** What can be done to a line: for a thing, the commands that it has wherever it is shown. */
export function OutlineMenu({ item, low, onRename }: OutlineMenuProps): ReactNode {
  const { wire, adds } = item;
  const own = useCommands(item.entity === null ? null : parseEntity(item.entity), onRename);
  const commands = wire ? [command("disconnect", "action.disconnect", () => void performAction("disconnect", wire))] : adds ? additions(adds) : own;
  if (commands.length === 0) return null;
  return (
    <Menu
      label={t("outline.menu", { name: outlineName(item) })}
      trigger={<MoreIcon size={15} />}
      triggerClassName="outline-menu"
      align="end"
      upwards={low}
      items={commands.map(({ perform, ...rest }) => ({ ...rest, onSelect: perform }))}
    />
  );
}

/** Of a section: adding to it, and what stands inside its things. */
function additions(name: string): readonly EntityCommand[] {
  const kind = kindNamed(name);
  return [kind, kindNamed(kind?.holds ?? "")].flatMap((one) => (one?.addition ? [command(`add ${one.name}`, one.addition.label, () => void performAction("add", { kind: one.name }))] : []));
}
