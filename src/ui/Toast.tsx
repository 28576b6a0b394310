import { type ReactNode, useEffect, useState } from "react";
import { CloseIcon } from "./icons";
import { RichText } from "./RichText";
import "./overlay.css";

export interface ToastProps {
  readonly text: string;
  readonly action: { readonly label: string; readonly perform: () => void } | null;
  readonly closeLabel: string;
  readonly onClose: () => void;
}

/** One message for a few seconds: longer when there is something to press, and as long as it is pointed at or focused. */
export function Toast({ text, action, closeLabel, onClose }: ToastProps): ReactNode {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onClose, action ? 12_000 : 6_000);
    return () => clearTimeout(timer);
  }, [held, text, action, onClose]);
  const hold = { onPointerEnter: () => setHeld(true), onPointerLeave: () => setHeld(false), onFocus: () => setHeld(true), onBlur: () => setHeld(false) };
  return (
    <div className="ui-toast" {...hold}>
      <span role="status">
        <RichText text={text} />
      </span>
      {action && (
        <button
          type="button"
          onClick={() => {
            onClose();
            action.perform();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className="ui-toast-close" aria-label={closeLabel} onClick={onClose}>
        <CloseIcon />
      </button>
    </div>
  );
}
