import type { ReactNode } from "react";
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

/** Beside what has happened so far: what the settings of each column promise, and the faults that would show it. */
export function Promises({ promises }: PromisesProps): ReactNode {
  return (
    <div className="delivery-promises">
      <h4>
        <Term word="promise.title" meaning="promise.meaning" />
      </h4>
      <dl>
        {[...alike(promises)].map(([said, columns]) => (
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
function alike(promises: readonly Promised[]): ReadonlyMap<string, readonly [Promised, ...Promised[]]> {
  const found = new Map<string, [Promised, ...Promised[]]>();
  for (const column of promises) {
    const said = column.promise ? [...column.promise.loses, ...column.promise.doubles].map((reason) => t(`promise.${reason}`)).join(" ") : t("promise.nobody");
    const others = found.get(said);
    if (others) others.push(column);
    else found.set(said, [column]);
  }
  return found;
}
