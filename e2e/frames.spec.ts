import { expect } from "@playwright/test";
import { test } from "./support/pages";
import { image, open, openRunning } from "./support/playground";

// The page's thread gets a fraction of its processor; the worker keeps all of its own, so that it could run ahead without end.
for (const rate of [6, 20]) {
  test(`on a page ${rate} times as slow what is pressed is in the second next picture at the latest`, async ({ page }) => {
    test.setTimeout(120_000);
    await openRunning(page);
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate });
    for (const number of rate === 20 ? [3] : [3, 4, 5]) {
      const pictures = await page.evaluate(async (clientId) => {
        const moment = (): number => window.topiq.image()?.clock.eventCount ?? 0;
        // Pressed while the page is in the middle of taking pictures.
        for (let seen = 0, last = moment(); seen < 3; last = moment()) {
          await new Promise(requestAnimationFrame);
          if (moment() !== last) seen++;
        }
        const answered = window.topiq.submit({ type: "addConsumer", consumer: { clientId, groupId: "billing", processing: { timeMs: 450 } } });
        let count = 0;
        for (let last = moment(); !Object.hasOwn(window.topiq.image()?.consumers ?? {}, clientId); ) {
          await new Promise(requestAnimationFrame);
          if (moment() === last) continue;
          last = moment();
          count++;
        }
        if ((await answered) !== null) throw new Error("refused");
        return count;
      }, `c${number}`);
      expect(pictures).toBeLessThanOrEqual(2);
    }
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    expect(Object.keys((await image(page)).consumers)).toEqual(rate === 20 ? ["c1", "c2", "c3"] : ["c1", "c2", "c3", "c4", "c5"]);
  });
}

test("two hundred things done at once, waiting for none, leave the page as they should, and awake", async ({ page }) => {
  await open(page);
  const refused = await page.evaluate(() => Promise.all(Array.from({ length: 200 }, (_, at) => window.topiq.submit({ type: "deliverAs", mode: at % 2 === 0 ? "pubsub" : "queue" }))));
  expect(refused.filter((problem) => problem !== null)).toEqual([]);
  expect((await image(page)).clock.mode).toBe("queue");
});
