import { expect } from "@playwright/test";
import { hostileLink } from "./simulate/links/hostileLink";
import { outcomeOf } from "./simulate/links/tryLinks";
import { test } from "./support/pages";
import { open, submit } from "./support/playground";

/** Many more are tried in Node, by `npm run simulate -- --links`; here, that the page stands whatever it is given. */
const COUNT = Number(process.env["TOPIQ_LINKS"] ?? 30);

test(`${COUNT} hostile links, one after the other, change nothing of what is open`, async ({ page }) => {
  test.setTimeout(60_000 + COUNT * 1000);
  await open(page);
  await submit(page, { type: "addConsumer", consumer: { clientId: "mine", groupId: "billing", processing: { timeMs: 450 } } });
  const own = await page.evaluate(() => window.topiq.link("run"));
  const links = Array.from({ length: COUNT * 2 }, (_, at) => hostileLink(at + 1).text)
    .filter((text) => outcomeOf(text) !== "accepted")
    .slice(0, COUNT);
  const { refused, longestMs } = await page.evaluate(async (texts) => {
    const messages: string[] = [];
    let longest = 0;
    for (const text of texts) {
      const load = window.topiq.load(text).then(() => "opened", (error: Error) => error.message);
      // How long the page's own thread is away at a time.
      for (let last = performance.now(), answer: string | null = null; answer === null; last = performance.now()) {
        answer = await Promise.race([load, new Promise<null>((resolve) => setTimeout(resolve, 0, null))]);
        longest = Math.max(longest, performance.now() - last);
      }
      messages.push(await load);
    }
    return { refused: messages, longestMs: longest };
  }, links);
  test.info().annotations.push({ type: "figure", description: `${COUNT} links; the page's thread was away for ${longestMs.toFixed(0)} ms at most` });
  for (const message of refused) expect(JSON.parse(message)).toMatchObject({ reason: expect.stringMatching(/^(cutOff|corrupt|newer|invalid|notALink|notJson)$/) });
  expect(await page.evaluate(() => window.topiq.link("run"))).toBe(own);
  await expect(page.getByText("saved in this browser")).toBeVisible();
});
