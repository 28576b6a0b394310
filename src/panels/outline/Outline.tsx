import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { isFocusOfPointer } from "../../actions/shortcuts";
import { parseEntity } from "../../actions/entities/entities";
import { kindNamed } from "../../actions/entities/kindTable";
import { t } from "../../i18n/t";
import { select, useTopiq } from "../../store/topiqStore";
import { useNames } from "../inspector/parts/names";
import { OutlineBranch, type OutlineBranchProps } from "./OutlineBranch";
import type { OutlineItem } from "./outlineItem";
import { outline, outlineMove, visibleLines } from "./outlineModel";
import "./outline.css";

/** The scenario as a tree with the commands of the canvas: how keyboard and screen-reader users wire and read. */
export function Outline({ takesFocus }: { readonly takesFocus: boolean }): ReactNode {
  const isPictured = useTopiq((state) => state.image !== null);
  return isPictured ? <Tree takesFocus={takesFocus} /> : null;
}

/** A menu is about as high as this many lines; further down it opens upwards. */
const MENU_ROOM_LINES = 10;

function Tree({ takesFocus }: { readonly takesFocus: boolean }): ReactNode {
  const selected = useTopiq((state) => state.selection.at(-1) ?? null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [renaming, setRenaming] = useState<string | null>(null);
  // The line that Tab reaches, and where it stood.
  const [current, setCurrent] = useState({ id: "producers", place: 0 });
  const tree = useRef<HTMLUListElement>(null);

  const items = useOutline();
  const lines = visibleLines(items, closed);
  // When its item is gone, the one that took its place.
  const isThere = lines.some((line) => line.item.id === current.id);
  const currentId = isThere ? current.id : (lines[Math.min(current.place, lines.length - 1)]?.item.id ?? "");
  const hasFocus = useRef(false);
  useEffect(() => {
    // The focus was on what is gone, or has gone to another place: it must not fall out of the tree.
    if (hasFocus.current && document.activeElement === document.body) focusLine(tree.current, currentId);
  });

  useEffect(() => {
    // Whoever opens it by a key goes there; a pointer goes on where it is.
    if (takesFocus && !isFocusOfPointer()) focusLine(tree.current, currentId);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when it is there
  }, []);

  const setCurrentId = (id: string): void => setCurrent({ id, place: lines.findIndex((line) => line.item.id === id) });
  const focus = (id: string): void => {
    setCurrentId(id);
    focusLine(tree.current, id);
  };
  const toggle = (id: string): void => setClosed(closed.has(id) ? new Set([...closed].filter((other) => other !== id)) : new Set([...closed, id]));
  const rename = (item: OutlineItem): void => {
    const kind = kindNamed(parseEntity(item.entity ?? "")?.kind ?? "");
    if (kind && !kind.fixedName) setRenaming(item.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // A field inside the tree has its own keys.
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = outlineMove(lines, currentId, closed, event.key);
    const item = lines.find((line) => line.item.id === currentId)?.item;
    if (move?.kind === "focus") focus(move.id);
    else if (move) toggle(move.id);
    else if (!item || !performKey(event, item, tree.current, rename)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const branch: Omit<OutlineBranchProps, "item" | "level"> = {
    currentId,
    closed,
    renaming,
    selected,
    low: lines.findIndex((line) => line.item.id === currentId) >= MENU_ROOM_LINES,
    onCurrent: setCurrentId,
    onToggle: toggle,
    onActivate: (item) => {
      focus(item.id);
      activate(item);
    },
    onRename: rename,
    onRenamed: (item, label) => {
      setRenaming(null);
      if (label !== null && item.entity !== null) void performAction("rename", { entity: item.entity, label });
      focus(item.id);
    },
    onMenu: (item) => {
      focus(item.id);
      // The menu's button is in the page once its line is the current one.
      requestAnimationFrame(() => openMenu(tree.current, item.id));
    },
  };
  return (
    <nav className="outline" aria-label={t("outline.title")}>
      <ul
        ref={tree}
        role="tree"
        aria-label={t("outline.title")}
        onKeyDown={onKeyDown}
        onFocusCapture={() => (hasFocus.current = true)}
        onBlurCapture={() => (hasFocus.current = false)}
      >
        {items.map((item) => (
          <OutlineBranch key={item.id} item={item} level={1} {...branch} />
        ))}
      </ul>
      <p className="panel-note outline-help">{t("outline.help")}</p>
    </nav>
  );
}

/** The tree as it stands: made anew when something in it came, went, was wired or renamed. Its figures are the lines' own. */
function useOutline(): readonly OutlineItem[] {
  const language = useTopiq((state) => state.view.language);
  const name = useNames();
  const outlineNow = (): readonly OutlineItem[] => {
    const { image } = useTopiq.getState();
    return image ? outline(image, { name, join: (names) => new Intl.ListFormat(language).format(names) }) : [];
  };
  // What a line's figures are is left out of the text.
  const key = useTopiq(() => JSON.stringify(outlineNow()));
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key says whether it is another
  return useMemo(outlineNow, [key, language]);
}

/** What a key does to a line, beyond moving; false when it does nothing. */
function performKey(event: KeyboardEvent, item: OutlineItem, tree: HTMLElement | null, rename: (item: OutlineItem) => void): boolean {
  // A press on the menu's own button is the button's.
  if (event.target instanceof HTMLButtonElement) return false;
  if (event.key === "Enter" || event.key === " ") activate(item);
  else if (event.key === "F2") rename(item);
  else if (event.key === "Delete") remove(item);
  else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) openMenu(tree, item.id);
  else return false;
  return true;
}

function activate(item: OutlineItem): void {
  if (item.select) select([item.select]);
}

function remove(item: OutlineItem): void {
  if (item.wire) void performAction("disconnect", item.wire);
  else if (item.entity !== null) void performAction("delete", { entities: [item.entity] });
}

function focusLine(tree: HTMLElement | null, id: string): void {
  tree?.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`)?.focus();
}

function openMenu(tree: HTMLElement | null, id: string): void {
  tree?.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"] > .outline-line .outline-menu`)?.click();
}
