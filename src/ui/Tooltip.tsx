import { type ReactNode, useId } from "react";
import "./overlay.css";

export interface TooltipProps {
  readonly text: ReactNode;
  readonly children: ReactNode;
  /** A word with an explanation: underlined, and reached by Tab. Leave it out around things that take the focus themselves. */
  readonly term?: boolean;
  readonly below?: boolean;
  /** Which edge the text keeps to, where the middle would leave the window. */
  readonly align?: "middle" | "start" | "end";
}

/** A plain-language explanation on hover and on focus. */
export function Tooltip({ text, children, term, below, align = "middle" }: TooltipProps): ReactNode {
  const id = useId();
  const className = `ui-tooltip ${below ? "ui-tooltip-below" : ""} ui-tooltip-${align}`;
  return (
    <span className={className} {...(term ? { tabIndex: 0, "aria-describedby": id } : {})}>
      <span className={term ? "ui-tooltip-term" : undefined}>{children}</span>
      <span id={id} role="tooltip" className="ui-tooltip-text">
        {text}
      </span>
    </span>
  );
}
