import { expect, test as plain, type Locator, type Page } from "@playwright/test";
import type { Command } from "../../src/core/cluster/command";
import type { ClusterImageJson } from "../../src/core/cluster/imageJson";
import { decodeLink } from "../../src/scenario/link";

/** Tests in which the page writes no error and no warning to its console, a refusal by its policy included. */
export const test = plain.extend<{ readonly problems: string[] }>({
  problems: [
    async ({ page }, use) => {
      const problems: string[] = [];
      collectProblems(page, problems);
      await use(problems);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});

/** Notes what a page complains about, from now on. */
export function collectProblems(page: Page, problems: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
}

/** Opens an address of the playground and waits for its first picture. */
export async function open(page: Page, address = "./"): Promise<void> {
  await page.goto(address);
  await ready(page);
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

/** The virtual moment on the screen, ms. */
export async function clockMs(page: Page): Promise<number> {
  return (await image(page)).clock.timeUs / 1000;
}

/** The moment of the world itself, µs, which the picture follows: where the link of the exact run would end. */
async function worldTimeUs(page: Page): Promise<number | undefined> {
  const decoded = decodeLink((await page.evaluate(() => window.topiq.link("run"))).replace(/^.*#/, ""));
  return "shared" in decoded ? decoded.shared.run?.timeUs : undefined;
}

/** Fails if the world moves while it is asked many times where it is, which takes longer than several of its ticks. */
export async function expectWorldToStand(page: Page): Promise<number> {
  const timeUs = await worldTimeUs(page);
  for (let asked = 0; asked < 40; asked++) expect(await worldTimeUs(page)).toBe(timeUs);
  return timeUs ?? -1;
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
  await page.evaluate(() => window.topiq.pause());
  await expect(playButton(page)).toBeVisible();
  return image(page);
}

export async function play(page: Page, speed: number): Promise<void> {
  await page.evaluate((given) => {
    window.topiq.setSpeed(given);
    window.topiq.play();
  }, speed);
}

/** Plays fast until a virtual moment has been passed, and pauses. */
export async function playPast(page: Page, timeMs: number, speed = 100): Promise<ClusterImageJson> {
  return playUntil(page, ({ clock }) => clock.timeUs >= timeMs * 1000, speed);
}

/** Plays fast until what is shown is as wanted, and pauses. */
export async function playUntil(page: Page, wanted: (shown: ClusterImageJson) => boolean, speed = 100): Promise<ClusterImageJson> {
  await play(page, speed);
  await expect.poll(async () => wanted(await image(page)), { timeout: 30_000, intervals: [50] }).toBe(true);
  return pause(page);
}

/** Goes to exactly this virtual moment, paused. */
export async function goTo(page: Page, timeMs: number): Promise<ClusterImageJson> {
  if ((await clockMs(page)) < timeMs) await playPast(page, timeMs);
  else await pause(page);
  await page.evaluate((given) => window.topiq.seek(given), timeMs);
  return image(page);
}

/** The sentence at the bottom of the canvas. */
export function sentence(page: Page): Locator {
  return page.locator(".scene-sentence-text");
}

/** A card or frame on the canvas, by what it is called in the outline and in Kafka. */
export function card(page: Page, kind: "producer" | "topic" | "group" | "consumer", name: string): Locator {
  return page.locator(`.react-flow__node[data-id="${kind}:${name}"]`);
}

/** Chooses a card by its name, so that the inspector shows it. */
export async function choose(page: Page, kind: "producer" | "topic" | "group" | "consumer", name: string): Promise<void> {
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
export function trackLag(shown: ClusterImageJson, groupId: string): number {
  return Object.values(shown.partitions).reduce((sum, { tracks }) => sum + (tracks.find((track) => track.groupId === groupId)?.lag ?? 0), 0);
}

/** The partitions that a consumer owns, as `orders-0`. */
export function owned(shown: ClusterImageJson, clientId: string): string[] {
  return (shown.consumers[clientId]?.assignment ?? []).map(({ topic, partition }) => `${topic}-${partition}`);
}
