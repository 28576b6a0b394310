import type { ReactNode } from "react";
import { CheckIcon } from "../../../ui/icons";
import "./committedBadge.css";
import { groupLetter } from "./groupMark";

/** A group's letter at the offset that it has committed: an outline and a tick, since the filled letter stands at its next record. What it marks stands beside it or is said by `name`. */
export function CommittedBadge({ letter, name }: { readonly letter: number; readonly name?: string }): ReactNode {
  return (
    <span className="committed-badge" {...(name === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": name, title: name })}>
      {groupLetter(letter)}
      <CheckIcon size={10} />
    </span>
  );
}
