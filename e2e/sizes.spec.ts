import { expect, type Page } from "@playwright/test";
import { presetNames } from "./support/core";
import { freshTest, test } from "./support/pages";
import { goTo, image, openRunning, pause, submit } from "./support/playground";

// `npm run walk` goes through every scene, in both languages, and leaves pictures, in both themes.
const isWalk = process.env["TOPIQ_WALK"] !== undefined;
const scenes = isWalk ? presetNames : ["orders", "pubsub-two-groups", "more-consumers-than-partitions"];
const languages = isWalk ? ["en", "ko"] : ["en"];

interface Size {
  readonly width: number;
  readonly height: number;
  /** How many groups are to be seen at least, of those that there are. */
  readonly groups: number;
  /** And lanes. */
  readonly lanes: number;
  readonly isEmbed?: true;
}

const sizes: readonly Size[] = [
  { width: 1920, height: 1080, groups: 7, lanes: Infinity },
  { width: 1440, height: 900, groups: 7, lanes: Infinity },
  { width: 1440, height: 600, groups: 7, lanes: Infinity },
  { width: 1024, height: 768, groups: 7, lanes: Infinity },
  { width: 390, height: 844, groups: 4, lanes: Infinity },
  { width: 720, height: 405, groups: 4, lanes: Infinity, isEmbed: true },
  { width: 350, height: 197, groups: 2, lanes: 1, isEmbed: true },
  { width: 320, height: 256, groups: 2, lanes: 1 },
  { width: 844, height: 340, groups: 2, lanes: 1 },
  { width: 844, height: 340, groups: 2, lanes: 1, isEmbed: true },
];

for (const size of sizes) {
  // On the shared page a scene is opened at a usual size, and the page then made as small.
  (size.isEmbed || isWalk ? freshTest : test)(`at ${size.width}x${size.height}${size.isEmbed ? " in a frame" : ""} every scene shows its lesson`, async ({ page }) => {
    test.setTimeout(isWalk ? 600_000 : 120_000);
    const usual = page.viewportSize() ?? size;
    for (const language of languages) {
      for (const scene of scenes) {
        await page.setViewportSize(usual);
        await walk(page, size, scene, language);
      }
    }
    await page.setViewportSize(usual);
  });
}

/** A scene as it opens, after its verb was pressed five times, and in pub/sub. */
async function walk(page: Page, size: Size, scene: string, language: string): Promise<void> {
  const shared = size.isEmbed ? `?embed&preset=${scene}` : `?preset=${scene}`;
  await openRunning(page, isWalk ? `./${shared}&lang=${language}` : `./${shared}`);
  await pause(page);
  await page.setViewportSize(size);
  const look = async (moment: string): Promise<void> => {
    const where = `${scene}, ${moment}, ${size.width}x${size.height}, ${language}`;
    await expect.poll(() => covered(page, size), { message: where, intervals: [50] }).toEqual([]);
    for (const colorScheme of isWalk ? (["light", "dark"] as const) : []) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `test-results/walk/${size.width}x${size.height}-${scene}-${moment}-${language}-${colorScheme}.png`, animations: "disabled" });
    }
  };
  await look("open");
  // By key: a small window has no room for the button beside what the opening scene offers then.
  for (let time = 0; time < 5; time++) await page.keyboard.press("v");
  await goTo(page, (await image(page)).clock.timeUs / 1000 + 6000);
  await look("after");
  if ((await image(page)).clock.mode !== "pubsub") await submit(page, { type: "deliverAs", mode: "pubsub" });
  await goTo(page, (await image(page)).clock.timeUs / 1000 + 6000);
  await look("pubsub");
}

freshTest("a sentence that is cut in a small frame is unfolded by a tap, on ground of its own", async ({ page }) => {
  await page.setViewportSize({ width: 350, height: 197 });
  await openRunning(page, "./?embed&preset=orders");
  const text = page.locator(".embed-sentence .scene-sentence-text");
  const isCut = (): Promise<boolean> => text.evaluate((element) => element.scrollHeight > element.clientHeight + 1);
  expect(await isCut()).toBe(true);
  await text.click();
  expect(await isCut()).toBe(false);
  expect(await text.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe("rgba(0, 0, 0, 0)");
});

/** What a person would look for and does not see: each lane's newest record, a consumer of each group, the sentence. */
function covered(page: Page, least: Size): Promise<readonly string[]> {
  return page.evaluate((most) => {
    const problems: string[] = [];
    const isSeen = (element: Element): boolean => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 10));
      return seen !== null && (element.contains(seen) || seen.contains(element));
    };
    const sceneEnd = document.querySelector(".react-flow__attribution")?.getBoundingClientRect().top ?? Infinity;
    const isInScene = (element: Element): boolean => element.closest(".react-flow__viewport") !== null;
    const look = (what: string, element: Element | null | undefined): void => {
      if (!element) problems.push(`${what} is not there`);
      else if (!isSeen(element)) problems.push(`${what} is covered`);
      // It takes no presses, so that nothing below it counts as covered.
      else if (isInScene(element) && element.getBoundingClientRect().bottom > sceneEnd + 1) problems.push(`${what} is cut`);
    };
    const lanes = [...document.querySelectorAll(".scene-lane, .scene-thin")];
    const partitions = Object.values(window.topiq.image()?.topics ?? {}).reduce((sum, topic) => sum + (topic.internal ? 0 : topic.partitions), 0);
    if (lanes.length < Math.min(most.lanes, partitions)) problems.push(`only ${lanes.length} of ${partitions} lanes are drawn`);
    for (const lane of lanes) {
      const cells = lane.querySelectorAll(".scene-cell, .scene-thin-cell");
      if (cells.length > 0) look(`the newest record of ${lane.getAttribute("aria-label")}`, cells[cells.length - 1]);
    }
    const groups = window.topiq.image()?.groups ?? {};
    const drawn = Object.values(groups).filter(({ spec }) => document.querySelector(`[data-id="group:${spec.groupId}"]`));
    if (drawn.length < Math.min(most.groups, Object.keys(groups).length)) problems.push(`only ${drawn.length} groups are drawn`);
    for (const { spec, consumers } of drawn) {
      const members = consumers.flatMap((id) => document.querySelector(`[data-id="consumer:${id}"]`) ?? []);
      look(`${spec.groupId}`, members.find(isSeen) ?? members[0] ?? document.querySelector(`[data-id="group:${spec.groupId}"]`));
    }
    const more = document.querySelector(".scene-more");
    if (more) look("the way to what is left out", more);
    look("the sentence", document.querySelector(".scene-sentence-text"));
    return problems;
  }, { lanes: Math.min(least.lanes, Number.MAX_SAFE_INTEGER), groups: least.groups });
}
