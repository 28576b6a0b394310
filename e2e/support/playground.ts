import { expect, type Frame, type Locator, type Page } from "@playwright/test";
import type { Command } from "../../src/core/world/command";
import type { ClusterImageJson } from "../../src/core/picture/imageJson";
import { endOfRun } from "./core";
import { sharedPages } from "./pages";

/** Opens an address of the playground, and leaves its scene running. */
export async function openRunning(page: Page, address = "./"): Promise<void> {
  if (sharedPages.has(page) && page.url() !== "about:blank") return openScene(page, /\?preset=(.+)/.exec(address)?.[1] ?? "orders");
  await page.goto(address);
  await ready(page);
}

/** Opens a scene from the menu in place of what is open: another run, of which nothing is undone, selected or said yet. */
async function openScene(page: Page, preset: string): Promise<void> {
  const menu = page.getByRole("banner").getByRole("button", { name: "Examples" });
  await menu.evaluate(async (button: HTMLElement, name) => {
    const before = window.topiq.scenario();
    const waitFor = async <T>(find: () => T | null): Promise<T> => {
      for (;;) {
        const found = find();
        if (found) return found;
        await new Promise(requestAnimationFrame);
      }
    };
    button.click();
    (await waitFor(() => document.querySelector<HTMLElement>(`[data-preset=${name}]`))).click();
    await waitFor(() => (window.topiq.scenario() === before ? null : window.topiq.image()));
    // Over the picture it closes itself.
    if (document.querySelector(".shell-drawer")) button.click();
    // The tab that was looked at last is not the scene's.
    document.querySelector<HTMLElement>("#inspector-tab-records")?.click();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }, preset);
}

/** The same, standing still: a scene that runs while a test does other things takes half a processor to draw. */
export async function open(page: Page, address = "./"): Promise<void> {
  await openRunning(page, address);
  await standStill(page);
}

export function ready(page: Page): Promise<void> {
  return page.evaluate(() => window.topiq.ready);
}

/** What the page shows now; between two scenes, what the next one begins with. */
export async function image(page: Page): Promise<ClusterImageJson> {
  const shown = await page.evaluate(() => window.topiq.image());
  if (shown) return shown;
  await page.waitForFunction(() => window.topiq.image() !== null, undefined, { polling: 20 });
  return image(page);
}

/** Looks again soon, until it is as expected. */
export function eventually<Seen>(look: () => Seen | Promise<Seen>): ReturnType<typeof expect.poll<Seen>> {
  return expect.poll(look, { intervals: [20] });
}

/** The virtual moment on the screen, ms. */
export async function clockMs(page: Page): Promise<number> {
  return (await image(page)).clock.timeUs / 1000;
}

/** Fails if the world moves while its worker's clock ticks several times; where it stands, virtual µs. */
export async function expectWorldToStand(page: Page, frame: Frame = page.mainFrame()): Promise<number> {
  const worker = page.workers().find((each) => each.url().includes("simulationWorker"));
  if (!worker) throw new Error("there is no simulation worker");
  // A link to the run is made by the worker, of the moment at which it is: pictures may still be on their way.
  const standsAt = async (): Promise<number> => endOfRun(await frame.evaluate(() => window.topiq.link("run")));
  const before = await standsAt();
  // An interval of the same length as the worker's own: when it has fired, so has that one.
  await worker.evaluate((ticks) => new Promise<void>((resolve) => {
    let left = ticks;
    const id = setInterval(() => {
      if (--left > 0) return;
      clearInterval(id);
      resolve();
    }, 100);
  }), 5);
  expect(await standsAt()).toBe(before);
  return before;
}

/** Gives a command as a script does; it must be taken. */
export async function submit(page: Page, command: Command): Promise<void> {
  expect(await page.evaluate((given) => window.topiq.submit(given), command)).toBeNull();
}

export function playButton(page: Page): Locator {
  return page.getByRole("button", { name: /^(Play|재생)$/ });
}

/** Pauses and waits until the page shows that it stands: no frame moves it any more. */
export async function pause(page: Page): Promise<ClusterImageJson> {
  await standStill(page);
  return image(page);
}

async function standStill(page: Page): Promise<void> {
  await page.evaluate(() => window.topiq.pause());
  await expect(playButton(page)).toBeVisible();
}

export async function play(page: Page, speed: number): Promise<void> {
  await page.evaluate((given) => {
    window.topiq.setSpeed(given);
    window.topiq.play();
  }, speed);
}

/** Goes to exactly this virtual moment, back or ahead, and stands there. The wall clock has no part in it. */
export async function goTo(page: Page, timeMs: number): Promise<ClusterImageJson> {
  const shown = await page.evaluate(async (given) => {
    window.topiq.pause();
    await window.topiq.seek(given);
    return window.topiq.image();
  }, timeMs);
  if (!shown) throw new Error("nothing is open");
  return shown;
}

/** Looks after which it will not come any more. */
const MOST_LOOKS = 500;

/** Goes on until what is shown is as wanted, and stands there; it is looked at every so many virtual ms. */
export async function goUntil(page: Page, wanted: (shown: ClusterImageJson) => boolean, stepMs = 500): Promise<ClusterImageJson> {
  let shown = await pause(page);
  for (let looks = 0; !wanted(shown); looks++) {
    if (looks === MOST_LOOKS) throw new Error(`it is not as wanted, not after ${(stepMs * MOST_LOOKS) / 1000} virtual seconds either`);
    shown = await goTo(page, shown.clock.timeUs / 1000 + stepMs);
  }
  return shown;
}

/** The sentence at the bottom of the canvas. */
export function sentence(page: Page): Locator {
  return page.locator(".scene-sentence-text");
}

type Kind = "producer" | "topic" | "group" | "consumer" | "exchange" | "queue" | "receiver";

/** A card or frame on the canvas, by what it is called in the outline and in Kafka. */
export function card(page: Page, kind: Kind, name: string): Locator {
  return page.locator(`.react-flow__node[data-id="${kind}:${name}"]`);
}

/** Chooses a card by its name, so that the inspector shows it. */
export async function choose(page: Page, kind: Kind, name: string): Promise<void> {
  const chosen = card(page, kind, name);
  await chosen.focus();
  await page.keyboard.press("Enter");
}

export function inspector(page: Page): Locator {
  return page.getByRole("complementary", { name: "Details" });
}

export async function openTab(page: Page, name: "Records" | "Now" | "Settings" | "Charts"): Promise<void> {
  await inspector(page).getByRole("tab", { name }).click();
}

/** Where two pictures differ, as paths into them; nothing when they are the same. Kept short, for a person to read. */
export function differences(one: unknown, other: unknown, path = ""): string[] {
  if (Object.is(one, other)) return [];
  if (!isObject(one) || !isObject(other)) return [`${path}: ${JSON.stringify(one)} and ${JSON.stringify(other)}`];
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...fields].flatMap((field) => differences(one[field], other[field], `${path}/${field}`)).slice(0, 12);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Records that wait for a group, over all its partitions, as its tracks have them. */
export function trackWaiting(shown: ClusterImageJson, groupId: string): number {
  return Object.values(shown.partitions).reduce((sum, { tracks }) => sum + (tracks.find((track) => track.groupId === groupId)?.waiting ?? 0), 0);
}

/** The partitions that a consumer owns, as `orders-0`. */
export function owned(shown: ClusterImageJson, clientId: string): string[] {
  return (shown.consumers[clientId]?.assignment ?? []).map(({ topic, partition }) => `${topic}-${partition}`);
}
