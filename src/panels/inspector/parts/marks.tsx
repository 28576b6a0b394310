import type { ReactNode } from "react";
import { t } from "../../../i18n/t";
import { groupLetter } from "./groupMark";

/** A group's letter in its badge. The name stands beside it or is said by `name`. */
export function GroupBadge({ letter, name }: { readonly letter: number; readonly name?: string }): ReactNode {
  return (
    <span className="panel-badge" {...(name === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": name, title: name })}>
      {groupLetter(letter)}
    </span>
  );
}

/** A record's key behind a dot in the key's colour. */
export function KeyText({ recordKey, colour }: { readonly recordKey: string | null; readonly colour: number }): ReactNode {
  return (
    <span className="panel-key">
      <KeyDot colour={colour} />
      <span className={recordKey === null ? "panel-quiet" : ""}>{recordKey ?? t("records.noKey")}</span>
    </span>
  );
}

function KeyDot({ colour }: { readonly colour: number }): ReactNode {
  return <span aria-hidden="true" className="panel-key-dot" style={{ background: colour < 0 ? "var(--key-none)" : `var(--k${colour})` }} />;
}
