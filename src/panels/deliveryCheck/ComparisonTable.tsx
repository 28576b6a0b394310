import { Fragment, type ReactNode } from "react";
import { t } from "../../i18n/t";
import { GroupBadge } from "../inspector/parts/marks";
import { Term } from "../inspector/parts/Term";
import type { ColumnHead, Comparison } from "./comparison";

export interface ComparisonTableProps {
  readonly comparison: Comparison;
}

/** So many columns are seen without scrolling. */
const MAX_IN_VIEW = 2;
/** Beside more of them there is no room to say where each comes from. */
const MAX_WITH_SOURCE = 5;

/** The same figures for each group and each queue. */
export function ComparisonTable({ comparison: { heads, isUpright, rows } }: ComparisonTableProps): ReactNode {
  return (
    <div className={`delivery-compared ${isUpright ? "delivery-upright" : ""} ${heads.length > MAX_WITH_SOURCE ? "delivery-many" : ""}`.trim()} tabIndex={heads.length > MAX_IN_VIEW ? 0 : undefined}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{t("delivery.figure")}</span>
            </th>
            {heads.map((head) => (
              <th key={head.id} scope="col" title={titleOf(head)}>
                <span className="delivery-group">
                  {head.letter !== null && <GroupBadge letter={head.letter} />}
                  <span className="delivery-name">{inParts(head.name)}</span>
                </span>
                <span className="delivery-from">{inParts(fromOf(head))}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, figures, fault }, at) => (
            <tr key={name}>
              <th scope="row" className={name === "inWork" ? "delivery-within" : ""}>
                <Term word={`delivery.column.${name}`} meaning={`delivery.column.${name}.meaning`} below={at < rows.length / 2} />
              </th>
              {figures.map((figure, index) => (
                <td key={heads[index]?.id} className={fault && figure > 0 ? "delivery-fault" : ""}>
                  {figure}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A name that may go on below after its dots. */
function inParts(name: string): ReactNode {
  return name.split(/(?<=\.)/).map((part, at) => (
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** Where it comes from, in a word. */
function fromOf({ letter, from }: ColumnHead): string {
  const [first, ...others] = from;
  if (first === undefined) return letter === null ? t("delivery.column.queue") : "";
  if (others.length === 0) return first;
  return letter === null ? t("delivery.column.exchanges", { count: from.length }) : t("delivery.scope.topics", { count: from.length });
}

function titleOf({ name, letter, from }: ColumnHead): string {
  const list = from.join(", ");
  if (letter !== null) return t("delivery.column.group.title", { group: name, topics: list });
  return from.length === 0 ? t("delivery.column.queue.title", { queue: name }) : t("delivery.column.copy.title", { queue: name, exchanges: list });
}
