import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import "./overlay.css";

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Shown at the end of the row: a key, a figure. */
  readonly end?: ReactNode;
  readonly disabled?: boolean;
  /** A choice among others rather than a command. */
  readonly checked?: boolean;
  readonly onSelect: () => void;
}

export interface MenuProps {
  readonly label: string;
  readonly trigger: ReactNode;
  readonly triggerClassName?: string;
  /** "separator" draws a line. */
  readonly items: readonly (MenuItem | "separator")[];
  readonly align?: "start" | "end";
  readonly upwards?: boolean;
}

/** A button that opens a list of commands or choices. Arrow keys, Home, End and Escape work as in the menus of the system. */
export function Menu({ label, trigger, triggerClassName = "ui-button", items, align = "start", upwards = false }: MenuProps): ReactNode {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const listId = useId();
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!open) return;
    const list = root.current?.querySelector(".ui-menu-list");
    (list?.querySelector<HTMLElement>("[aria-checked=true]") ?? list?.querySelector<HTMLElement>("button:not(:disabled)"))?.focus();
    const closeOutside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside, true);
    return () => document.removeEventListener("pointerdown", closeOutside, true);
  }, [open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open) return;
    // A menu owns the keys while it is open: none of them may reach the page's shortcuts.
    event.stopPropagation();
    if (event.key === "Escape") close();
    else if (event.key === "Tab") setOpen(false);
    else if (moveFocus(root.current, event.key)) event.preventDefault();
  };

  return (
    <div ref={root} className={`ui-menu ui-menu-${align} ${upwards ? "ui-menu-up" : ""}`} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className={triggerClassName}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        onClick={() => setOpen(!open)}
      >
        {trigger}
      </button>
      {open && (
        <div id={listId} role="menu" aria-label={label} className="ui-menu-list">
          {items.map((item, index) =>
            item === "separator" ? (
              <div key={index} role="separator" className="ui-menu-separator" />
            ) : (
              <button
                key={item.id}
                type="button"
                className="ui-menu-item"
                tabIndex={-1}
                role={item.checked === undefined ? "menuitem" : "menuitemradio"}
                aria-checked={item.checked}
                disabled={item.disabled}
                onClick={() => {
                  close();
                  item.onSelect();
                }}
              >
                {item.icon}
                {item.label}
                {item.end !== undefined && <span className="ui-menu-item-end">{item.end}</span>}
              </button>
            ),
          )}
        </div>
      )}
    </div>
  );
}

/** Moves the focus among the items; false if the key is none of the menu's. */
function moveFocus(root: HTMLElement | null, key: string): boolean {
  const buttons = [...(root?.querySelectorAll<HTMLButtonElement>(".ui-menu-list button:not(:disabled)") ?? [])];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[key];
  if (target === undefined) return false;
  buttons[(target + buttons.length) % buttons.length]?.focus();
  return true;
}
