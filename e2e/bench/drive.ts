import type { Page } from "@playwright/test";
import type { Scenario } from "../../src/scenario/scenario";
import { doneIn, type SceneDocument, storedIn } from "./scenes";

/** Opens a scene in the page in place of what is open, standing still. */
export async function openScene(page: Page, scene: SceneDocument): Promise<void> {
  await page.evaluate(async (document) => {
    await window.topiq.ready;
    window.topiq.pause();
    // It reads documents of every schema; its type names today's.
    await window.topiq.load(document as unknown as Scenario);
    // It goes on playing where the page has not yet heard that it stands.
    window.topiq.pause();
  }, scene);
}

/** Keeps the copy that is open as a run of its own, as a person does it. */
export async function keep(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await page.getByText("saved in this browser").waitFor();
}

/** Nothing new is sent from now on. */
export async function removeProducers(page: Page): Promise<void> {
  const problems = await page.evaluate(async () => {
    const names = Object.keys(window.topiq.image()?.producers ?? {});
    return Promise.all(names.map((clientId) => window.topiq.submit({ type: "removeProducer", clientId })));
  });
  const problem = problems.find((each) => each !== null);
  if (problem) throw new Error(`the producers stay: ${JSON.stringify(problem)}`);
}

/** Plays at a speed until what is shown is enough, or the log is full, and pauses; what was shown then. */
export async function playUntil(page: Page, speed: number, isEnough: (shown: Shown) => boolean): Promise<Shown> {
  await play(page, speed);
  for (;;) {
    const now = await look(page);
    if (isEnough(now) || now.isFull) break;
    await waitFor(page, LOOK_MS);
  }
  await page.evaluate(() => {
    window.topiq.pause();
    // Where the run is opened again, it may play on.
    window.topiq.setSpeed(1);
  });
  return look(page);
}

export async function play(page: Page, speed: number): Promise<void> {
  await page.evaluate((virtualSecondsASecond) => {
    window.topiq.setSpeed(virtualSecondsASecond);
    window.topiq.play();
  }, speed);
}

/** What the page shows, as far as it is measured. */
export interface Shown {
  readonly stored: number;
  /** Records stored and processed by every group. */
  readonly done: number;
  readonly timeMs: number;
  readonly isFull: boolean;
  /** The page's own wall clock. */
  readonly wallMs: number;
}

export async function look(page: Page): Promise<Shown> {
  // Only what is looked at goes out of the page: a whole picture would keep it busy.
  const { image, isFull, wallMs } = await page.evaluate(() => {
    const whole = window.topiq.image();
    if (!whole) throw new Error("the page shows no picture");
    const topics = Object.entries(whole.topics).map(([name, { recordCount }]) => [name, { recordCount }] as const);
    const groups = Object.entries(whole.groups).map(([name, { processed }]) => [name, { processed }] as const);
    return {
      image: { clock: { timeUs: whole.clock.timeUs, eventCount: whole.clock.eventCount }, topics: Object.fromEntries(topics), groups: Object.fromEntries(groups) },
      isFull: whole.limitsReached.some(({ limit }) => limit === "maxLogBytesInMemory"),
      wallMs: performance.now(),
    };
  });
  return { stored: storedIn(image), done: doneIn(image), timeMs: image.clock.timeUs / 1000, isFull, wallMs };
}

/** Lets the page alone for some wall time. */
export function waitFor(page: Page, wallMs: number): Promise<void> {
  return page.evaluate((durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)), wallMs);
}

/** Wall ms between two looks at the page. */
const LOOK_MS = 100;
