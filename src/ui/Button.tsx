import type { ButtonHTMLAttributes, ReactNode } from "react";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: "plain" | "primary" | "quiet" | "danger";
  readonly icon?: ReactNode;
}

/** A push button with a word on it. */
export function Button({ kind = "plain", icon, className = "", children, ...rest }: ButtonProps): ReactNode {
  return (
    <button type="button" className={`ui-button ui-button-${kind} ${className}`} {...rest}>
      {icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children"> {
  /** Said and shown as a title: an icon alone is a riddle. */
  readonly label: string;
  readonly icon: ReactNode;
}

/** A push button with only an icon on it. */
export function IconButton({ label, icon, className = "", ...rest }: IconButtonProps): ReactNode {
  return (
    <button type="button" className={`ui-icon-button ${className}`} aria-label={label} title={label} {...rest}>
      {icon}
    </button>
  );
}
