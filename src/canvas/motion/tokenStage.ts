import type { TokenMessage } from "../../bridge/messages";

/** The canvas on which the token worker draws. There is one for as long as the page lives: its drawing can be handed over only once. */
export interface TokenStage {
  readonly canvas: HTMLCanvasElement;
  readonly post: (message: TokenMessage) => void;
}

/**
 * Starts the token worker and gives it a canvas and the motion that comes over the port; null where a worker cannot draw. `onLost` is
 * called when it cannot go on, or was refused after all, which some browsers tell only later.
 */
export function startTokens(motion: MessagePort, onLost: () => void): TokenStage | null {
  const worker = canDraw() ? startWorker() : null;
  if (!worker) {
    // What nobody takes would pile up.
    motion.close();
    return null;
  }
  worker.onerror = onLost;
  const canvas = document.createElement("canvas");
  const offscreen = canvas.transferControlToOffscreen();
  const post = (message: TokenMessage, transfer: Transferable[] = []): void => worker.postMessage(message, transfer);
  post({ type: "canvas", canvas: offscreen, devicePixelRatio: window.devicePixelRatio }, [offscreen]);
  post({ type: "motionPort", port: motion }, [motion]);
  return { canvas, post };
}

function canDraw(): boolean {
  return typeof OffscreenCanvas !== "undefined" && "transferControlToOffscreen" in HTMLCanvasElement.prototype;
}

function startWorker(): Worker | null {
  try {
    return new Worker(new URL("../../tokens/tokenWorker.ts", import.meta.url), { type: "module", name: "topiq tokens" });
  } catch {
    // Refused: the page goes on with motion that stands still.
    return null;
  }
}
