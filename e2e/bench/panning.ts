import type { Page } from "@playwright/test";
import { mainThreadBusy } from "./mainThread";
import { figure, ms, type Part } from "./report";
import { fullScenario } from "./scenes";

/** The graph dragged by its background, once a frame: the playground as full as its limits allow, and bare React Flow beside it. */
export const panning: Part = {
  name: "panning",
  title: "Panning",
  measure: async (stage) => {
    const full = await stage.inPage("", measureFull);
    const bare = await stage.inPage("bench/bare.html?nodes=200", (page) => pan(page));
    const most = await stage.inPage("bench/bare.html?nodes=1000", (page) => pan(page));
    return [
      { what: `frames a second, ${full.nodes} nodes (as many as the limits allow), paused`, goal: "55 at 200 nodes", measured: full.paused },
      { what: `frames a second, ${full.nodes} nodes, playing`, goal: "", measured: full.playing },
      { what: "frames a second, 200 nodes of a bare React Flow page", goal: "", measured: bare },
      { what: "frames a second, 1,000 nodes of a bare React Flow page, only visible ones", goal: "55", measured: most },
    ];
  },
};

const WALL_MS = 3000;

async function measureFull(page: Page): Promise<{ readonly nodes: number; readonly paused: string; readonly playing: string }> {
  await page.evaluate(async (scenario) => {
    await window.topiq.ready;
    window.topiq.pause();
    await window.topiq.load(scenario);
  }, fullScenario(5));
  const paused = await pan(page);
  const nodes = await page.locator(".react-flow__node").count();
  await page.evaluate(() => window.topiq.play());
  return { nodes, paused, playing: await pan(page) };
}

async function pan(page: Page): Promise<string> {
  await page.locator(".react-flow__node").first().waitFor();
  const { value, msPerSecond } = await mainThreadBusy(page, () => page.evaluate(panFrames, WALL_MS));
  if (!value.moved) throw new Error("the graph did not move");
  return `${figure(value.framesPerSecond)} (longest gap ${ms(value.longestMs)}; page busy ${ms(msPerSecond / value.framesPerSecond)} a frame)`;
}

/** In the page: holds the background and moves the pointer in a circle, a bit each frame. */
async function panFrames(wallMs: number): Promise<{ readonly framesPerSecond: number; readonly longestMs: number; readonly moved: boolean }> {
  const pane = document.querySelector(".react-flow__pane");
  const viewport = document.querySelector<HTMLElement>(".react-flow__viewport");
  if (!pane || !viewport) throw new Error("there is no graph");
  const before = viewport.style.transform;
  const point = (target: EventTarget, type: string, x: number, y: number): boolean =>
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, view: window, button: 0, buttons: type === "mouseup" ? 0 : 1, clientX: x, clientY: y }));
  point(pane, "mousedown", 700, 450);
  const startMs = performance.now();
  let lastMs = startMs;
  let longestMs = 0;
  let frames = 0;
  while (lastMs - startMs < wallMs) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
    frames++;
    const angle = frames / 20;
    point(window, "mousemove", 700 + Math.sin(angle) * 200, 450 + (1 - Math.cos(angle)) * 150);
  }
  const moved = viewport.style.transform !== before;
  point(window, "mouseup", 700, 450);
  return { framesPerSecond: frames / ((lastMs - startMs) / 1000), longestMs, moved };
}
