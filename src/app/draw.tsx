import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import type { TokenStage } from "../canvas/motion/tokenStage";
import "./print.css";
import { ErrorBoundary } from "./ErrorBoundary";

/** What the page is: the editor or the embed. */
export type Surface = (props: { readonly tokens: TokenStage | null }) => ReactNode;

/**
 * Draws the page. Its code is there by then: a Suspense that has once shown its fallback would hold the page back for another 300 ms.
 * Returns how to draw it again when the token stage is lost.
 */
export function draw(App: Surface, tokens: TokenStage | null): (tokens: TokenStage | null) => void {
  const element = document.getElementById("root");
  if (!element) throw new Error("the page has no root element");
  const root = createRoot(element);
  const render = (stage: TokenStage | null): void =>
    root.render(
      <ErrorBoundary>
        <App tokens={stage} />
      </ErrorBoundary>,
    );
  render(tokens);
  return render;
}
