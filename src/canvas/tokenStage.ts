import type { TokenMessage } from "../bridge/messages";

/** The canvas on which the token worker draws. There is one for as long as the page lives: its drawing can be handed over only once. */
export interface TokenStage {
  readonly canvas: HTMLCanvasElement;
  readonly post: (message: TokenMessage) => void;
}

/** Starts the token worker and gives it a canvas and the motion that comes over the port; null where a worker cannot draw. */
export function startTokens(motion: MessagePort): TokenStage | null {
  if (typeof OffscreenCanvas === "undefined" || !("transferControlToOffscreen" in HTMLCanvasElement.prototype)) return null;
  const canvas = document.createElement("canvas");
  const worker = new Worker(new URL("../tokens/tokenWorker.ts", import.meta.url), { type: "module", name: "topiq tokens" });
  const offscreen = canvas.transferControlToOffscreen();
  const post = (message: TokenMessage, transfer: Transferable[] = []): void => worker.postMessage(message, transfer);
  post({ type: "canvas", canvas: offscreen, devicePixelRatio: window.devicePixelRatio }, [offscreen]);
  post({ type: "motionPort", port: motion }, [motion]);
  return { canvas, post };
}
