import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { performAction } from "../../actions/actions";
import type { ClusterImage } from "../../core/cluster/image";
import { t } from "../../i18n/t";
import { select, useTopiq, type Selection } from "../../store/topiqStore";
import { useNames } from "../inspector/parts/names";
import { outlineCommands } from "./outlineCommands";
import { OutlineLineView } from "./OutlineLineView";
import { outline, outlineMove, visibleLines, type OutlineItem } from "./outlineModel";
import "./outline.css";

/** The scenario as a tree with the commands of the canvas: how keyboard and screen-reader users wire and read. */
export function Outline(): ReactNode {
  const image = useTopiq((state) => state.image);
  return image ? <Tree image={image} /> : null;
}

function Tree({ image }: { readonly image: ClusterImage }): ReactNode {
  const language = useTopiq((state) => state.view.language);
  const selected = useTopiq((state) => state.selection.at(-1) ?? null);
  const name = useNames();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState("producers");
  const [renaming, setRenaming] = useState<string | null>(null);
  const tree = useRef<HTMLUListElement>(null);

  const items = outline(image, { name, join: (names) => new Intl.ListFormat(language).format(names) });
  const lines = visibleLines(items, closed);
  // The line that Tab reaches; when its item is gone, the first one.
  const currentId = lines.some((line) => line.item.id === current) ? current : (lines[0]?.item.id ?? "");

  const toggle = (id: string): void => setClosed(closed.has(id) ? new Set([...closed].filter((other) => other !== id)) : new Set([...closed, id]));
  const focus = (id: string): void => {
    setCurrent(id);
    tree.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // A field inside the tree has its own keys.
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const line = lines.find(({ item }) => item.id === currentId);
    const move = outlineMove(lines, currentId, closed, event.key);
    if (move?.kind === "focus") focus(move.id);
    else if (move) toggle(move.id);
    else if (!line || !onLineKey(event, line.item)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onLineKey = (event: KeyboardEvent, item: OutlineItem): boolean => {
    // A press on the menu's own button is the button's.
    if (event.target instanceof HTMLButtonElement) return false;
    if (event.key === "Enter" || event.key === " ") activate(item);
    else if (event.key === "F2") startRenaming(item);
    else if (event.key === "Delete") remove(item);
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) openMenu(item.id);
    else return false;
    return true;
  };
  const openMenu = (id: string): void =>
    tree.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"] > .outline-line .outline-menu`)?.click();
  const startRenaming = (item: OutlineItem): void => {
    if (item.kind === "producer" || item.kind === "consumer") setRenaming(item.id);
  };

  const draw = (item: OutlineItem, level: number): ReactNode => {
    const open = item.children.length > 0 ? !closed.has(item.id) : undefined;
    return (
      <li
        key={item.id}
        role="treeitem"
        data-line={item.id}
        className={`outline-item outline-${item.kind}`}
        aria-level={level}
        aria-expanded={open}
        aria-selected={isSelected(item, selected)}
        tabIndex={item.id === currentId ? 0 : -1}
        onFocus={(event) => {
          event.stopPropagation();
          setCurrent(item.id);
        }}
      >
        <OutlineLineView
          item={item}
          level={level}
          open={open}
          image={image}
          selected={isSelected(item, selected)}
          renaming={renaming === item.id}
          commands={item.id === currentId ? outlineCommands(image, item, () => startRenaming(item)) : []}
          onToggle={() => toggle(item.id)}
          onActivate={() => {
            focus(item.id);
            activate(item);
          }}
          onRename={(label) => {
            setRenaming(null);
            if (label !== null && item.entity !== null) void performAction("rename", { entity: item.entity, label });
            focus(item.id);
          }}
          onMenu={() => {
            focus(item.id);
            // The menu's button is in the page once its line is the current one.
            requestAnimationFrame(() => openMenu(item.id));
          }}
        />
        {open && (
          <ul role="group" className="outline-children">
            {item.children.map((child) => draw(child, level + 1))}
          </ul>
        )}
      </li>
    );
  };
  return (
    <nav className="outline" aria-label={t("outline.title")}>
      <ul ref={tree} role="tree" aria-label={t("outline.title")} onKeyDown={onKeyDown}>
        {items.map((item) => draw(item, 1))}
      </ul>
      <p className="panel-note outline-help">{t("outline.help")}</p>
    </nav>
  );
}

function activate(item: OutlineItem): void {
  if (item.select) select([item.select]);
}

function remove(item: OutlineItem): void {
  if (item.wire) void performAction("disconnect", item.wire);
  else if (item.entity !== null) void performAction("delete", { entities: [item.entity] });
}

function isSelected(item: OutlineItem, selected: Selection | null): boolean {
  if (!selected || !item.select || item.kind === "wire") return false;
  const one = item.select;
  if (one.kind === "partition") return (selected.kind === "partition" || selected.kind === "record") && one.topic === selected.topic && one.partition === selected.partition;
  return "id" in one && "id" in selected && one.kind === selected.kind && one.id === selected.id;
}
