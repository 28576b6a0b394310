import type { TokenEdge, TokenMessage } from "../../../src/bridge/messages";
import type { DrawCounts } from "./countDraws";
import type { Feed } from "./feedTokens";

const SIZE = { width: 1280, height: 720 };
const EDGES = 60;
const POINTS_AN_EDGE = 24;

declare global {
  interface Window {
    /** Begins to keep so many tokens on their way. */
    startTokens: (count: number) => void;
    /** Counts what the token worker draws for some wall time; with `stallMs`, the page's thread is blocked so long in each 2 * `stallMs`. */
    countDraws: (wallMs: number, stallMs: number) => Promise<DrawCounts>;
  }
}

window.startTokens = (count) => {
  const canvas = document.createElement("canvas");
  document.body.append(canvas);
  const offscreen = canvas.transferControlToOffscreen();
  const tokens = new Worker(new URL("countedTokenWorker.js", location.href), { type: "module" });
  const feeder = new Worker(new URL("./feedTokens.ts", import.meta.url), { type: "module" });
  const motion = new MessageChannel();
  const post = (message: TokenMessage, transfer: Transferable[] = []): void => tokens.postMessage(message, transfer);
  post({ type: "canvas", canvas: offscreen, devicePixelRatio: 1 }, [offscreen]);
  post({ type: "motionPort", port: motion.port2 }, [motion.port2]);
  post({ type: "resize", ...SIZE, devicePixelRatio: 1 });
  post({ type: "viewport", x: 0, y: 0, zoom: 1 });
  post({ type: "theme", colours: ["#0a7ea4", "#c05400", "#2b842b", "#8f7000", "#9246d6", "#0c5c5a", "#c2389f", "#6b3a1e"], ink: "#161b26", surface: "#fff", noKey: "#667085", reducedMotion: false });
  post({ type: "edges", edges: Array.from({ length: EDGES }, (_, index) => edge(index)) });
  const feed: Feed = { count, edges: EDGES, port: motion.port1 };
  feeder.postMessage(feed, [motion.port1]);
};

/** A gentle S from left to right. */
function edge(index: number): TokenEdge {
  const y = 20 + (index / EDGES) * (SIZE.height - 40);
  const points = Array.from({ length: POINTS_AN_EDGE }, (_, at) => {
    const t = at / (POINTS_AN_EDGE - 1);
    return [40 + t * (SIZE.width - 80), y + Math.sin(t * Math.PI * 2) * 15];
  });
  return { client: index, topic: 0, partition: 0, points: points.flat() };
}

const draws = new BroadcastChannel("topiq bench draws");

window.countDraws = async (wallMs, stallMs) => {
  draws.postMessage("start");
  const endMs = performance.now() + wallMs;
  while (performance.now() < endMs) {
    block(stallMs);
    await new Promise((resolve) => setTimeout(resolve, stallMs || wallMs));
  }
  draws.postMessage("stop");
  return new Promise((resolve) => draws.addEventListener("message", ({ data }: MessageEvent<DrawCounts>) => resolve(data), { once: true }));
};

function block(durationMs: number): void {
  const endMs = performance.now() + durationMs;
  while (performance.now() < endMs);
}
