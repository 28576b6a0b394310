import type { ReactNode } from "react";
import { t, type MessageKey } from "../../i18n/t";
import { GroupBadge } from "../inspector/parts/marks";
import { Term } from "../inspector/parts/Term";
import { usePicture } from "../usePicture";
import { comparison, comparisonParts } from "./comparison";
import { ComparisonTable } from "./ComparisonTable";
import { deliveryParts, deliveryTable, type DeliveryRow, type DeliveryTable } from "./deliveryTable";
import { Promises } from "./Promises";
import "./deliveryCheck.css";

export interface DeliveryCheckProps {
  /** null: all topics. */
  readonly topic: string | null;
  /** null: all groups. */
  readonly groupId: string | null;
}

const MAX_GROUPS_IN_VIEW = 2;

/**
 * What became of each record, seen from outside the cluster: by its own identity, not by offsets. Where there are queues beside the topics it
 * compares them, whichever of them is looked at.
 */
export function DeliveryCheck({ topic, groupId }: DeliveryCheckProps): ReactNode {
  const image = usePicture((picture) => (picture.columns.size > 0 ? comparisonParts(picture) : deliveryParts(picture, topic, groupId)));
  if (!image) return null;
  const compared = comparison(image);
  if (compared) {
    return (
      <Card meaning="delivery.meaning.compared" scope={t("delivery.scope.compared")}>
        <ComparisonTable comparison={compared} />
        <Promises promises={compared.heads} />
      </Card>
    );
  }
  const table = deliveryTable(image, topic, groupId);
  return (
    <Card meaning="delivery.meaning" scope={scopeText(table)}>
      {table.groups.length === 0 ? <p className="panel-note">{t("delivery.nobody")}</p> : <Table table={table} />}
      {table.groups.some(({ isPositioned }) => !isPositioned) && <p className="panel-note">{t("delivery.notBegun")}</p>}
      {table.groups.length > 0 && <Promises promises={table.groups.map(({ spec: { groupId: name }, letter, promise }) => ({ id: name, name, letter, promise }))} />}
    </Card>
  );
}

interface CardProps {
  readonly meaning: MessageKey;
  readonly scope: string;
  readonly children: ReactNode;
}

function Card({ meaning, scope, children }: CardProps): ReactNode {
  return (
    <section className="panel-card delivery" aria-label={t("delivery.title")}>
      <div className="panel-card-head">
        <h3>
          <Term word="delivery.title" meaning={meaning} />
        </h3>
        <span className="panel-quiet">{scope}</span>
      </div>
      {children}
    </section>
  );
}

function Table({ table }: { readonly table: DeliveryTable }): ReactNode {
  const wide = table.groups.length > MAX_GROUPS_IN_VIEW;
  return (
    <div className={wide ? "delivery-wide" : ""} tabIndex={wide ? 0 : undefined}>
      {table.sent.length > 0 && (
        <table>
          <tbody>
            {table.sent.map((row) => (
              <Row key={row.name} row={row} />
            ))}
          </tbody>
        </table>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{t("delivery.figure")}</span>
            </th>
            {table.groups.map((group) => (
              <th key={group.spec.groupId} scope="col" title={group.spec.groupId}>
                <span className="delivery-group">
                  <GroupBadge letter={group.letter} />
                  <span className="delivery-group-name">{group.spec.groupId}</span>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <Row key={row.name} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { readonly row: DeliveryRow }): ReactNode {
  return (
    <tr>
      <th scope="row">
        <Term word={`delivery.${row.name}`} meaning={`delivery.${row.name}.meaning`} />
      </th>
      {row.figures.map((figure, index) => (
        <td key={index} className={row.fault && figure !== null && figure > 0 ? "delivery-fault" : ""}>
          {figure ?? "–"}
        </td>
      ))}
    </tr>
  );
}

function scopeText(table: DeliveryTable): string {
  const [topic, ...others] = table.topics;
  if (topic === undefined) return "";
  return others.length === 0 ? t("delivery.scope.topic", { topic }) : t("delivery.scope.topics", { count: table.topics.length });
}
