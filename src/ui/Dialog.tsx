import { type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { IconButton } from "./Button";
import { CloseIcon } from "./icons";
import "./overlay.css";

export interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  /** No head is drawn; the title is only said. `data-first-focus` marks the control that gets the focus. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus inside, closes on Escape, and gives the focus back. Open as long as it is mounted. */
export function Dialog({ title, closeLabel, onClose, wide, bare, children }: DialogProps): ReactNode {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  // Closed before it is taken out of the page: only closing gives the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    // Reading begins at the title, unless the dialog is for typing; otherwise the focus would sit on the closing button.
    (dialog?.querySelector<HTMLElement>("[data-first-focus]") ?? heading.current)?.focus();
    return () => dialog?.close();
  }, []);
  // A press on the backdrop lands on the dialog element itself: everything inside is covered by children.
  const closeOnBackdrop = (event: MouseEvent): void => {
    if (event.target === element.current) onClose();
  };
  return (
    <dialog ref={element} className={`ui-dialog ${wide ? "ui-dialog-wide" : ""}`} aria-labelledby={titleId} onClose={onClose} onMouseDown={closeOnBackdrop}>
      <div className={bare ? "sr-only" : "ui-dialog-head"}>
        <h2 ref={heading} id={titleId} tabIndex={-1}>{title}</h2>
        {!bare && <IconButton label={closeLabel} icon={<CloseIcon />} onClick={onClose} />}
      </div>
      <div className="ui-dialog-body">{children}</div>
    </dialog>
  );
}
