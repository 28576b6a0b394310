import type { ReactNode } from "react";
import type { Selection } from "../../store/topiqStore";
import { OutlineLineView } from "./OutlineLineView";
import type { OutlineItem } from "./outlineItem";
import { OutlineMenu } from "./OutlineMenu";

export interface OutlineBranchProps {
  readonly item: OutlineItem;
  /** From 1. */
  readonly level: number;
  /** The line that Tab reaches, and that shows its commands. */
  readonly currentId: string;
  readonly closed: ReadonlySet<string>;
  readonly renaming: string | null;
  readonly selected: Selection | null;
  /** The current line is far down: its menu opens upwards. */
  readonly low: boolean;
  readonly onCurrent: (id: string) => void;
  readonly onToggle: (id: string) => void;
  readonly onActivate: (item: OutlineItem) => void;
  readonly onRename: (item: OutlineItem) => void;
  /** null: the name stays. */
  readonly onRenamed: (item: OutlineItem, label: string | null) => void;
  readonly onMenu: (item: OutlineItem) => void;
}

/** An item of the tree with everything inside it. */
export function OutlineBranch(props: OutlineBranchProps): ReactNode {
  const { item, level, currentId, closed, selected } = props;
  const open = item.children.length > 0 ? !closed.has(item.id) : undefined;
  const current = item.id === currentId;
  const isChosen = isSelected(item, selected);
  return (
    <li
      role="treeitem"
      data-line={item.id}
      className={`outline-item outline-${item.look}`}
      aria-level={level}
      aria-expanded={open}
      aria-selected={isChosen}
      tabIndex={current ? 0 : -1}
      onFocus={(event) => {
        event.stopPropagation();
        props.onCurrent(item.id);
      }}
    >
      <OutlineLineView
        item={item}
        level={level}
        open={open}
        selected={isChosen}
        renaming={props.renaming === item.id}
        menu={current && props.renaming !== item.id && <OutlineMenu item={item} low={props.low} onRename={() => props.onRename(item)} />}
        onToggle={() => props.onToggle(item.id)}
        onActivate={() => props.onActivate(item)}
        onRename={(label) => props.onRenamed(item, label)}
        onMenu={() => props.onMenu(item)}
      />
      {open && (
        <ul role="group">
          {item.children.map((child) => (
            <OutlineBranch key={child.id} {...props} item={child} level={level + 1} />
          ))}
        </ul>
      )}
    </li>
  );
}

function isSelected(item: OutlineItem, selected: Selection | null): boolean {
  const one = item.select;
  if (!selected || !one || item.wire || one.kind !== selected.kind || one.id !== selected.id) return false;
  // A record is on the line of its partition.
  return one.part ? Object.entries(one.part).every(([name, value]) => selected.part?.[name] === value) : !selected.part;
}
