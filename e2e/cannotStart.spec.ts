import { expect, type FrameLocator, type Page } from "@playwright/test";
import { freshTest, plainTest } from "./support/pages";
import { open } from "./support/playground";

const english = "Topiq has not started here.";
const korean = "여기서는 Topiq가 시작되지 않았습니다.";

// What is refused here is told in the console too, so these tests look at the page alone.

plainTest("a sandboxed frame without an origin says so in both languages, with a link to the very scene", async ({ page, baseURL }) => {
  const address = `${baseURL}?embed&preset=orders#t1:AAAA`;
  await page.setContent(`<iframe sandbox="allow-scripts" src="${address}" width="350" height="197" style="border:0"></iframe>`);
  await expectWords(page.frameLocator("iframe"), address);
  // All of it is in the frame, to be read without scrolling.
  const hidden = await page.frames()[1]?.evaluate(() => (document.scrollingElement?.scrollHeight ?? 0) - innerHeight);
  expect(hidden).toBeLessThanOrEqual(0);
});

plainTest("a frame that is given its origin runs", async ({ page, baseURL }) => {
  await page.setContent(`<iframe sandbox="allow-scripts allow-same-origin" src="${baseURL}?embed&preset=orders" width="800" height="450"></iframe>`);
  await expect(page.frameLocator("iframe").getByRole("button", { name: "Play", exact: true })).toBeEnabled();
  await expect(page.frameLocator("iframe").getByText(english)).toHaveCount(0);
});

plainTest("a browser that refuses workers says so, and who waits for the page is told", async ({ page, baseURL }) => {
  await page.addInitScript(() => {
    globalThis.Worker = new Proxy(Worker, {
      construct: () => {
        throw new DOMException("no workers here", "SecurityError");
      },
    });
  });
  await page.goto("./?preset=keys-and-order");
  await expectWords(page, `${baseURL}?preset=keys-and-order`);
  expect(await page.evaluate(() => window.topiq.ready.catch(String))).toContain("no workers here");
});

plainTest("a simulation worker that cannot be loaded says so", async ({ page, baseURL }) => {
  await page.route(/simulationWorker/, (route) => route.abort());
  await page.goto("./");
  await expectWords(page, baseURL ?? "");
});

for (const [part, address] of [
  ["firstWorker-", ""],
  ["index-", ""],
  ["draw-", ""],
  ["EditorApp-", ""],
  ["scenes-", "?preset=keys-and-order"],
] as const) {
  plainTest(`a part of the page that cannot be loaded says so: ${part}`, async ({ page, baseURL }) => {
    await page.route(new RegExp(`/assets/${part}.*\\.js$`), (route) => route.abort());
    await page.goto(`./${address}`);
    await expectWords(page, `${baseURL ?? ""}${address}`);
  });
}

plainTest("without script and without stylesheet the words are there", async ({ browser, baseURL }) => {
  for (const javaScriptEnabled of [false, true]) {
    const context = await browser.newContext({ javaScriptEnabled, ...(baseURL !== undefined && { baseURL }) });
    const page = await context.newPage();
    if (javaScriptEnabled) await page.route(/\.(?:js|css)$/, (route) => route.abort());
    await page.goto("./");
    await expect(page.getByText(english)).toBeVisible();
    await expect(page.getByText(korean)).toBeVisible();
    await context.close();
  }
});

plainTest("without a token worker the page runs, and motion stands still", async ({ page }) => {
  for (const isRefusedAtOnce of [true, false]) {
    await page.unrouteAll();
    if (isRefusedAtOnce) await page.addInitScript(refuseTokenWorker);
    await page.route(/tokenWorker/, (route) => route.abort());
    await page.goto("./");
    await page.evaluate(() => window.topiq.ready);
    await expect(page.locator(".scene-static-messages")).toBeAttached();
    await expect(page.getByText(english)).toHaveCount(0);
  }
});

plainTest("a surface that cannot be loaded says so, and the page goes on", async ({ page }) => {
  await open(page);
  await page.route(/\/assets\/HelpDialog.*\.js$/, (route) => route.abort());
  await page.getByRole("button", { name: "Help", exact: true }).click();
  await expect(page.getByText("This part of the page could not be loaded.")).toBeVisible();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Share" })).toBeVisible();
});

freshTest("a start that goes well never shows them", async ({ page }) => {
  await page.addInitScript(() => {
    const look = (): void => {
      const words = document.querySelector(".start-words");
      if (words?.checkVisibility({ visibilityProperty: true })) document.documentElement.dataset["flashed"] = "";
      requestAnimationFrame(look);
    };
    look();
  });
  await open(page);
  expect(await page.evaluate(() => [document.documentElement.dataset["flashed"], document.querySelector(".start-words")])).toEqual([undefined, null]);
});

async function expectWords(place: Page | FrameLocator, address: string): Promise<void> {
  await expect(place.getByText(english)).toBeVisible();
  await expect(place.getByText(korean)).toBeVisible();
  for (const name of ["Open it in a tab of its own", "새 탭에서 열기"]) {
    const link = place.getByRole("link", { name });
    await expect(link).toHaveAttribute("target", "_blank");
    await expect(link).toHaveAttribute("href", address);
  }
  await expect(place.locator("header, .embed-bar")).toHaveCount(0);
}

function refuseTokenWorker(): void {
  globalThis.Worker = new Proxy(Worker, {
    construct: (Original, [address, options]: [string | URL, WorkerOptions]) => {
      if (String(address).includes("tokenWorker")) throw new DOMException("not this one", "SecurityError");
      return new Original(address, options);
    },
  });
}
