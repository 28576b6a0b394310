import { type ReactNode, useState } from "react";
import type { DeliveryPromise } from "../../core/watch/promise";
import { t } from "../../i18n/t";
import { GroupBadge } from "../inspector/parts/marks";
import { Term } from "../inspector/parts/Term";

export interface PromisesProps {
  readonly promises: readonly Promised[];
}

/** Of a column: who, with a letter where it is a group. */
interface Promised {
  readonly id: string;
  readonly name: string;
  readonly letter: number | null;
  /** Null where nobody reads. */
  readonly promise: DeliveryPromise | null;
}

/** With its last readers gone, what they had promised stays to be compared with what became of it. */
interface Known extends Promised {
  readonly isRead: boolean;
}

function useLastPromises(promises: readonly Promised[]): readonly Known[] {
  const [last, setLast] = useState<ReadonlyMap<string, DeliveryPromise>>(new Map());
  const changed = promises.filter(({ id, promise }) => promise && last.get(id) !== promise);
  if (changed.length > 0) setLast(new Map([...last, ...changed.flatMap(({ id, promise }) => (promise ? [[id, promise] as const] : []))]));
  return promises.map((column) => ({ ...column, promise: column.promise ?? last.get(column.id) ?? null, isRead: column.promise !== null }));
}

/** Beside what has happened so far: what the settings of each column promise, and the faults that would show it. */
export function Promises({ promises }: PromisesProps): ReactNode {
  const known = useLastPromises(promises);
  return (
    <div className="delivery-promises">
      <h4>
        <Term word="promise.title" meaning="promise.meaning" />
      </h4>
      <dl>
        {[...alike(known)].map(([said, columns]) => (
          <div key={said}>
            {columns.map(({ id, name, letter }) => (
              <dt key={id}>
                {letter !== null && <GroupBadge letter={letter} />}
                <span className="delivery-name">{name}</span>
              </dt>
            ))}
            <dd>
              {columns[0].promise && (
                <>
                  <strong>{t(`promise.${columns[0].promise.promise}`)}</strong>{" "}
                </>
              )}
              {said}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Columns of which the same is said, by that: it is said once. */
function alike(promises: readonly Known[]): ReadonlyMap<string, readonly [Known, ...Known[]]> {
  const found = new Map<string, [Known, ...Known[]]>();
  for (const column of promises) {
    const { loses = [], doubles = [] } = column.promise ?? {};
    const said = [...[...loses, ...doubles].map((reason) => t(`promise.${reason}`)), ...(column.isRead ? [] : [t("promise.nobody")])].join(" ");
    const others = found.get(said);
    if (others) others.push(column);
    else found.set(said, [column]);
  }
  return found;
}
