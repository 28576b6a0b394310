import type { Page } from "@playwright/test";
import { mainThreadBusy } from "./mainThread";
import type { Scenario } from "../../src/scenario/scenario";
import { figure, median, ms, type Part, type Row } from "./report";
import { fastScenario, fullScenario, groupsScenario } from "./scenes";
import type { Stage } from "./stage";

/** The graph dragged by its background, once a frame: the playground as full as its limits allow, and bare React Flow beside it. */
export const panning: Part = {
  name: "panning",
  title: "Panning",
  measure: async (stage) => {
    const full = await stage.inPage("", measureFull);
    const bare = await stage.inPage("bench/bare.html?nodes=200", (page) => pan(page));
    const most = await stage.inPage("bench/bare.html?nodes=1000", (page) => pan(page));
    return [
      { what: `frames a second, ${full.nodes} nodes (as many as the limits allow), paused`, goal: "55 at 200 nodes", measured: told(full.paused) },
      { what: `frames a second, ${full.nodes} nodes, playing`, goal: "", measured: told(full.playing) },
      { what: "frames a second, 200 nodes of a bare React Flow page", goal: "", measured: told(bare) },
      { what: "frames a second, 1,000 nodes of a bare React Flow page, only visible ones", goal: "55", measured: told(most) },
      await beside(stage, "8 groups", groupsScenario(8)),
      await beside(stage, "10,000 records a second", fastScenario(10_000)),
    ];
  },
};

const TURNS = 3;

/** A scene that plays, and a bare React Flow page with as many nodes, by turns. */
async function beside(stage: Stage, name: string, scenario: Scenario): Promise<Row> {
  const [own, bare]: [number[], number[]] = [[], []];
  let nodes = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    const scene = await stage.inPage("", async (page) => ({ nodes: await openScene(page, scenario), panned: await playAndPan(page) }));
    nodes = scene.nodes;
    own.push(scene.panned.framesPerSecond);
    bare.push((await stage.inPage(`bench/bare.html?nodes=${nodes}`, pan)).framesPerSecond);
  }
  const ratio = median(own) / median(bare);
  return {
    what: `frames a second, ${name} (${nodes} nodes), playing; bare React Flow page, by turns`,
    goal: "0.6x",
    measured: `${figure(median(own))} (${own.map(figure).join(", ")}); ${figure(median(bare))}; ${figure(ratio)}x`,
  };
}

/** Opens a scene, paused; how many nodes it has. */
async function openScene(page: Page, scenario: Scenario): Promise<number> {
  await page.evaluate(async (opened) => {
    await window.topiq.ready;
    window.topiq.pause();
    await window.topiq.load(opened);
  }, scenario);
  await page.locator(".react-flow__node").first().waitFor();
  return page.locator(".react-flow__node").count();
}

async function playAndPan(page: Page): Promise<Panned> {
  await page.evaluate(() => window.topiq.play());
  return pan(page);
}

const WALL_MS = 3000;

async function measureFull(page: Page): Promise<{ readonly nodes: number; readonly paused: Panned; readonly playing: Panned }> {
  const nodes = await openScene(page, fullScenario(5));
  return { nodes, paused: await pan(page), playing: await playAndPan(page) };
}

interface Panned {
  readonly framesPerSecond: number;
  readonly longestMs: number;
  /** Of the page's thread, a frame. */
  readonly busyMs: number;
}

async function pan(page: Page): Promise<Panned> {
  await page.locator(".react-flow__node").first().waitFor();
  const { value, msPerSecond } = await mainThreadBusy(page, () => page.evaluate(panFrames, WALL_MS));
  if (!value.moved) throw new Error("the graph did not move");
  return { ...value, busyMs: msPerSecond / value.framesPerSecond };
}

function told({ framesPerSecond, longestMs, busyMs }: Panned): string {
  return `${figure(framesPerSecond)} (longest gap ${ms(longestMs)}; page busy ${ms(busyMs)} a frame)`;
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
