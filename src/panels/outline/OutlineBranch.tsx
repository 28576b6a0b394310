import type { ReactNode } from "react";
import type { ClusterImage } from "../../core/picture/image";
import type { Selection } from "../../store/topiqStore";
import { outlineCommands } from "./outlineCommands";
import { OutlineLineView } from "./OutlineLineView";
import type { OutlineItem } from "./outlineModel";

export interface OutlineBranchProps {
  readonly item: OutlineItem;
  /** From 1. */
  readonly level: number;
  readonly image: ClusterImage;
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
  const { item, level, image, currentId, closed, selected } = props;
  const open = item.children.length > 0 ? !closed.has(item.id) : undefined;
  const current = item.id === currentId;
  const isChosen = isSelected(item, selected);
  return (
    <li
      role="treeitem"
      data-line={item.id}
      className={`outline-item outline-${item.kind}`}
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
        image={image}
        selected={isChosen}
        renaming={props.renaming === item.id}
        commands={current ? outlineCommands(image, item, () => props.onRename(item)) : []}
        low={current && props.low}
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
  if (!selected || !item.select || item.kind === "wire") return false;
  const one = item.select;
  if (one.kind === "partition") return "partition" in selected && one.topic === selected.topic && one.partition === selected.partition;
  return "id" in one && "id" in selected && one.kind === selected.kind && one.id === selected.id;
}
