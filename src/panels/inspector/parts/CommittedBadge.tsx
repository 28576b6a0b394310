import type { ReactNode } from "react";
import { OnwardIcon } from "../../../ui/icons";
import "./committedBadge.css";
import { groupLetter } from "./groupMark";

/** A group's letter at the offset that it has committed: an outline and an arrow, for that is where it would go on (the records before it are the committed ones), since the filled letter stands at its next record. What it marks stands beside it or is said by `name`. */
export function CommittedBadge({ letter, name }: { readonly letter: number; readonly name?: string }): ReactNode {
  return (
    <span className="committed-badge" {...(name === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": name, title: name })}>
      {groupLetter(letter)}
      <OnwardIcon size={10} />
    </span>
  );
}
