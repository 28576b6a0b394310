import { isComposing } from "../i18n/composing";
import { useTopiq } from "../store/topiqStore";
import { type ActionName, actions, performAction } from "./actions";

/** Where the focus was when a pointer had pressed something, for as long as the focus stays there. */
let clicked: Element | null = null;

/** Whether the focus is where it is only because a pointer has pressed there: whoever did that has not gone there to use its keys. */
export function isFocusOfPointer(): boolean {
  return clicked !== null && clicked === document.activeElement;
}

/** Listens for the keys of the table of actions. Returns how to stop. */
export function listenForShortcuts(target: Window): () => void {
  // A press by key has no clicks to count. The focus comes before the click.
  const onClick = ({ detail }: MouseEvent): void => void (clicked = detail > 0 ? document.activeElement : null);
  const onFocus = (): void => void (clicked = null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isComposing(event) || event.altKey) return;
    const name = shortcutFor(event);
    if (!name) return;
    const state = useTopiq.getState();
    const modified = event.ctrlKey || event.metaKey;
    if (!modified && (!state.view.singleKeys || typing(event.target) || (event.key === " " && pressable(event.target) && !isFocusOfPointer()))) return;
    // A field undoes its own typing, and a dialog is left by its own keys.
    if (modified && name !== "palette" && typing(event.target)) return;
    if (state.view.dialog !== null) return;
    event.preventDefault();
    // A button that a pointer has pressed gives the focus up: Space would press it again when it comes up.
    if (event.target instanceof HTMLElement && pressable(event.target) && isFocusOfPointer()) event.target.blur();
    clicked = null;
    // The names of the table are those of the actions; none with a key needs parameters.
    void performAction(name as "undo");
  };
  target.addEventListener("click", onClick, true);
  target.addEventListener("focusin", onFocus, true);
  target.addEventListener("keydown", onKeyDown);
  return () => {
    target.removeEventListener("click", onClick, true);
    target.removeEventListener("focusin", onFocus, true);
    target.removeEventListener("keydown", onKeyDown);
  };
}

/** The action that the pressed key stands for. */
export function shortcutFor(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey">): ActionName | null {
  const modified = event.ctrlKey || event.metaKey;
  // With a Korean layout the key is a jamo, or the won sign; the code still names the letter.
  const key = event.key === " " ? "Space" : /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.code === "Backslash" ? "\\" : event.key;
  const pressed = modified ? `Mod+${event.shiftKey ? "Shift+" : ""}${key}` : key;
  // A capital letter is another key; a sign such as ? needs Shift on most keyboards.
  if (!modified && event.shiftKey && /^[a-z]$/.test(key)) return null;
  return table.get(pressed) ?? null;
}

/** Key names for people: `Mod+Shift+z` becomes Ctrl+Shift+Z, or ⇧⌘Z on a Mac. */
export function shortcutText(keys: string, mac: boolean): string {
  const parts = keys.split("+").map((part) => (part.length === 1 ? part.toUpperCase() : part));
  if (!mac) return parts.map((part) => (part === "Mod" ? "Ctrl" : part)).join("+");
  const signs: Readonly<Record<string, string>> = { Mod: "⌘", Shift: "⇧" };
  return parts.map((part) => signs[part] ?? part).join("");
}

const table: ReadonlyMap<string, ActionName> = new Map(
  // Object.entries forgets the type of the names.
  (Object.entries(actions) as [ActionName, { keys?: readonly string[] }][]).flatMap(([name, { keys = [] }]) => keys.map((key) => [key, name] as const)),
);

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

function pressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, summary, [role=button]") !== null;
}
