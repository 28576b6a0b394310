import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { isComposing } from "../../../i18n/composing";
import { t } from "../../../i18n/t";

export interface NameFieldProps {
  readonly name: string;
  readonly className: string;
  /** null: the name stays. */
  readonly onRename: (label: string | null) => void;
}

/** A name that is being changed, where it stands. Enter and leaving the field take what is typed, Escape does not. */
export function NameField({ name, className, onRename }: NameFieldProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const given = useRef(false);
  useEffect(() => input.current?.select(), []);
  // Leaving the field by Enter or Escape takes it away, which is not a second answer.
  const give = (label: string | null): void => {
    if (given.current) return;
    given.current = true;
    onRename(label);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    if (isComposing(event.nativeEvent) || (event.key !== "Enter" && event.key !== "Escape")) return;
    // The key is answered: it must not press the button that gets the focus.
    event.preventDefault();
    give(event.key === "Enter" ? event.currentTarget.value : null);
  };
  return (
    <input
      ref={input}
      className={`ui-input ${className}`}
      aria-label={t("action.rename")}
      defaultValue={name}
      onKeyDown={onKeyDown}
      onBlur={(event) => give(event.currentTarget.value)}
    />
  );
}
