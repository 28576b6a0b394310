import type { Page } from "@playwright/test";
import { openScene, play } from "./drive";
import { mainThreadBusy } from "./mainThread";
import { type Figure, type Measured, type Part, type Trial, trial } from "./part";
import { figure, median, ms, type Row } from "./report";
import { fastScene, groupsScene, type SceneDocument, WIDEST_NODES, widestScene } from "./scenes";
import type { Side } from "./sides/side";

/** The graph dragged by its background, once a frame, and a bare React Flow page beside it. */
export const panning: Part = {
  name: "panning",
  title: `Panning (the widest scene has ${WIDEST_NODES} nodes and 60 lanes)`,
  needsBrowser: true,
  trials: [
    trial(
      {
        paused: { what: "the widest scene, paused", unit: "frames/s", goal: "55 at 200 nodes" },
        pausedBusy: { what: "    the page's own thread, a frame", unit: "ms" },
        playing: { what: "the widest scene, playing", unit: "frames/s" },
        playingBusy: { what: "    the page's own thread, a frame", unit: "ms" },
        playingGap: { what: "    longest gap", unit: "ms" },
        drawn: { what: "    nodes of it that React Flow draws", unit: "nodes" },
        bare: { what: `    a bare React Flow page of ${WIDEST_NODES} nodes`, unit: "frames/s" },
        ratio: { what: "    playing, beside the bare page", unit: "x", goal: "1x" },
      },
      panWidest,
    ),
    besideBare("8 groups", groupsScene(8)),
    besideBare("10,000 records a second", fastScene(10_000)),
  ],
  ownRows: async (own, turns = BARE_RUNS) => [
    await bareRow(own, "frames a second, 200 nodes of a bare React Flow page", "", 200, turns),
    await bareRow(own, "frames a second, 1,000 nodes of a bare React Flow page, only visible ones", "55", 1000, turns),
  ],
};

async function panWidest(side: Side): Promise<Measured> {
  const { drawn, paused, playing } = await side.inPage("", async (page) => ({ drawn: await openAndCount(page, widestScene(5)), paused: await pan(page), playing: await playAndPan(page) }));
  const bare = await panBare(side, WIDEST_NODES);
  return {
    paused: paused.framesPerSecond,
    pausedBusy: paused.busyMs,
    playing: playing.framesPerSecond,
    playingBusy: playing.busyMs,
    playingGap: playing.longestMs,
    drawn,
    bare: bare.framesPerSecond,
    ratio: playing.framesPerSecond / bare.framesPerSecond,
  };
}

/** A scene that plays, and a bare React Flow page with as many nodes as it draws. */
function besideBare(name: string, scene: SceneDocument): Trial {
  const figures: Readonly<Record<"playing" | "bare" | "ratio", Figure>> = {
    playing: { what: `${name}, playing`, unit: "frames/s" },
    bare: { what: "    a bare React Flow page with as many nodes", unit: "frames/s" },
    ratio: { what: "    playing, beside the bare page", unit: "x", goal: "1x" },
  };
  return trial(figures, async (side) => {
    const { drawn, playing } = await side.inPage("", async (page) => ({ drawn: await openAndCount(page, scene), playing: await playAndPan(page) }));
    const bare = await panBare(side, drawn);
    return { playing: playing.framesPerSecond, bare: bare.framesPerSecond, ratio: playing.framesPerSecond / bare.framesPerSecond };
  });
}

async function bareRow(own: Side, what: string, goal: string, nodes: number, turns: number): Promise<Row> {
  const runs: Panned[] = [];
  for (let run = 0; run < turns; run++) runs.push(await panBare(own, nodes));
  const middle = (valueOf: (panned: Panned) => number): number => median(runs.map(valueOf));
  const measured = `${figure(middle((panned) => panned.framesPerSecond))} (longest gap ${ms(middle((panned) => panned.longestMs))}; page busy ${ms(middle((panned) => panned.busyMs))} a frame)`;
  return { what, goal, measured };
}

const BARE_RUNS = 3;

function panBare(side: Side, nodes: number): Promise<Panned> {
  return side.inBenchPage(`bare.html?nodes=${nodes}`, pan);
}

/** Opens a scene, paused; how many nodes React Flow draws of it. */
async function openAndCount(page: Page, scene: SceneDocument): Promise<number> {
  await openScene(page, scene);
  await page.locator(".react-flow__node").first().waitFor();
  return page.locator(".react-flow__node").count();
}

async function playAndPan(page: Page): Promise<Panned> {
  await play(page, 1);
  return pan(page);
}

const WALL_MS = 3000;

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
