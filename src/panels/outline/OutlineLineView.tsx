import type { ReactNode } from "react";
import { useShallow } from "zustand/shallow";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { NameField } from "../inspector/parts/NameField";
import { panelNamed } from "../kindPanels";
import { type OutlineItem, outlineName } from "./outlineItem";

export interface OutlineLineViewProps {
  readonly item: OutlineItem;
  readonly level: number;
  /** undefined: there is nothing inside. */
  readonly open: boolean | undefined;
  readonly selected: boolean;
  readonly renaming: boolean;
  /** The button of its commands, on the current line. */
  readonly menu: ReactNode;
  readonly onToggle: () => void;
  readonly onActivate: () => void;
  /** null: the name stays. */
  readonly onRename: (label: string | null) => void;
  readonly onMenu: () => void;
}

/** What is seen of one line: its name, its figures in words, and, on the current line, its commands. */
export function OutlineLineView(props: OutlineLineViewProps): ReactNode {
  const { item, level, open, selected, renaming } = props;
  const name = outlineName(item);
  return (
    <div
      className={`outline-line ${selected ? "outline-selected" : ""}`}
      style={{ paddingLeft: (level - 1) * 16 }}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onMenu();
      }}
    >
      <span className="outline-toggle" aria-hidden="true" onClick={props.onToggle}>
        {open === undefined ? "" : open ? "▾" : "▸"}
      </span>
      <Mark item={item} />
      {renaming ? (
        <NameField className="outline-rename" name={name} onRename={props.onRename} />
      ) : (
        <span className="outline-text" onClick={props.onActivate}>
          <span className="outline-name">{name}</span>
          <Figures item={item} />
        </span>
      )}
      {props.menu}
    </div>
  );
}

/** Drawn again when one of them is another. */
function Figures({ item }: { readonly item: OutlineItem }): ReactNode {
  const figures = useTopiq(useShallow(({ image }) => (image ? item.figures(image).map(({ key, params }) => t(key, params)) : [])));
  return figures.map((figure, index) => (
    <span key={index} className="outline-figure">
      <span className="sr-only">, </span>
      {figure}
    </span>
  ));
}

/** The mark of a thing; a wire and a part of something have none. */
function Mark({ item }: { readonly item: OutlineItem }): ReactNode {
  const KindMark = item.select && !item.select.part && !item.wire ? panelNamed(item.select.kind)?.Mark : undefined;
  return KindMark && item.select && <KindMark id={item.select.id} size={15} />;
}
