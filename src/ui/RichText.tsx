import type { ReactNode } from "react";

/** Text with **bold** marks, drawn as text: never as HTML, whatever it holds. */
export function RichText({ text }: { readonly text: string }): ReactNode {
  return text.split("**").map((part, index) => (index % 2 === 1 ? <strong key={index}>{part}</strong> : part));
}

/** The same words without the marks, for titles and labels. */
export function plainText(text: string): string {
  return text.replaceAll("**", "");
}
