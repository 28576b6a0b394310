import type { ReactNode } from "react";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { ConsumerIcon, MoreIcon, ProducerIcon, TopicIcon } from "../../ui/icons";
import { Menu } from "../../ui/Menu";
import type { EntityCommand } from "../inspector/parts/entityCommands";
import { GroupBadge } from "../inspector/parts/marks";
import { NameField } from "../inspector/parts/NameField";
import type { OutlineItem } from "./outlineModel";

export interface OutlineLineViewProps {
  readonly item: OutlineItem;
  readonly level: number;
  /** undefined: there is nothing inside. */
  readonly open: boolean | undefined;
  readonly image: ClusterImage;
  readonly selected: boolean;
  readonly renaming: boolean;
  readonly commands: readonly EntityCommand[];
  /** Its menu opens upwards: there may be no room below. */
  readonly low: boolean;
  readonly onToggle: () => void;
  readonly onActivate: () => void;
  /** null: the name stays. */
  readonly onRename: (label: string | null) => void;
  readonly onMenu: () => void;
}

/** What is seen of one line: its name, its figures in words, and, on the current line, its commands. */
export function OutlineLineView(props: OutlineLineViewProps): ReactNode {
  const { item, level, open, selected, renaming, commands } = props;
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
      <Mark item={item} image={props.image} />
      {renaming ? (
        <NameField className="outline-rename" name={name} onRename={props.onRename} />
      ) : (
        <span className="outline-text" onClick={props.onActivate}>
          <span className="outline-name">{name}</span>
          {item.figures.map((figure, index) => (
            <span key={index} className="outline-figure">
              <span className="sr-only">, </span>
              {t(figure.key, figure.params)}
            </span>
          ))}
        </span>
      )}
      {commands.length > 0 && !renaming && (
        <Menu
          label={t("outline.menu", { name })}
          trigger={<MoreIcon size={15} />}
          triggerClassName="outline-menu"
          align="end"
          upwards={props.low}
          items={commands.map(({ perform, ...rest }) => ({ ...rest, onSelect: perform }))}
        />
      )}
    </div>
  );
}

function outlineName({ name }: OutlineItem): string {
  return typeof name === "string" ? name : t(name.key, name.params);
}

function Mark({ item, image }: { readonly item: OutlineItem; readonly image: ClusterImage }): ReactNode {
  switch (item.kind) {
    case "producer":
      return <ProducerIcon size={15} />;
    case "topic":
      return <TopicIcon size={15} />;
    case "consumer":
      return <ConsumerIcon size={15} />;
    case "group": {
      const group = image.groups.get(typeof item.name === "string" ? item.name : "");
      return group ? <GroupBadge letter={group.letter} /> : null;
    }
    default:
      return null;
  }
}
