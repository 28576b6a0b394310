import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type FrameLocator, type Page } from "@playwright/test";
import { serve } from "../.ci/static-server.mjs";
import { collectProblems, freshTest, test } from "./support/pages";
import { eventually, expectWorldToStand, goTo, open, submit } from "./support/playground";

test("the Embed button gives one line that HTML, Markdown and JSX read alike, in the theme that is chosen", async ({ page, baseURL }) => {
  await open(page);
  const html = await embedHtml(page);
  expect(html.replaceAll(/ [a-zA-Z]+="[^"<>]*"/g, "")).toBe("<iframe></iframe><p><a>Topiq: Orders: a topic or a queue?</a></p>");
  const attributes = [...html.matchAll(/ ([a-zA-Z]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]);
  expect(Object.fromEntries(attributes)).toEqual({
    src: expect.stringMatching(new RegExp(`^${baseURL}\\?embed#t2\\.[\\w.-]+$`)),
    title: "Topiq: Orders: a topic or a queue?",
    width: "100%",
    height: "480",
    frameBorder: "0",
    loading: "lazy",
    allow: "clipboard-write; fullscreen",
    href: expect.stringMatching(new RegExp(`^${baseURL}#t2\\.[\\w.-]+$`)),
  });
  const dialog = page.getByRole("dialog", { name: "Embed" });
  await dialog.getByRole("radio", { name: "Dark" }).click();
  await expect(dialog.getByRole("textbox", { name: "HTML to paste" })).toHaveValue(html.replace("?embed#", "?embed&amp;theme=dark#"));
  await expect(dialog.getByText(/^Hugo .* AsciiDoc /)).toBeVisible();
});

test("in a frame of another page it waits until it is asked, takes no wheel, and keeps nothing", async ({ page: author, browser, problems }) => {
  await open(author);
  await submit(author, { type: "addConsumer", consumer: { clientId: "shared", groupId: "billing", processing: { timeMs: 450 } } });
  // Its reader has never been at the playground itself.
  const reader = await browser.newContext();
  const page = await reader.newPage();
  collectProblems(page, problems);
  const requested: string[] = [];
  const { frame, close } = await openHost(page, await embedHtml(author), requested);
  try {
    await expect(frame.getByRole("group", { name: /^Consumer shared of group billing/ })).toBeVisible();
    const time = frame.locator(".embed-time");
    await expect(time).toHaveText("00:20.0");
    await expect(frame.getByRole("button", { name: "Play", exact: true })).toBeVisible();

    // Over the scene, the wheel is the page's.
    await wheelOverFrame(page, 200);
    await eventually(() => page.evaluate(() => window.scrollY)).toBe(200);
    await wheelOverFrame(page, -200);
    await eventually(() => page.evaluate(() => window.scrollY)).toBe(0);
    await expect(time).toHaveText("00:20.0");

    await frame.getByRole("button", { name: "Play", exact: true }).click();
    await expect(time).toHaveText(/^00:2[1-9]\.\d$/);
    await frame.getByRole("button", { name: "Add a consumer", exact: true }).click();
    await expect(frame.getByRole("group", { name: /^Consumer c\d+ of group billing/ })).toHaveCount(3);
    await expect(frame.locator(".embed-sentence")).toContainText("c3");

    const inFrame = page.frames()[1];
    expect(await inFrame?.evaluate(async () => [(await indexedDB.databases()).length, localStorage.length, sessionStorage.length])).toEqual([0, 0, 0]);
    expect(requested.some((name) => name.startsWith("EmbedApp"))).toBe(true);
    expect(requested.filter((name) => /Editor|Inspector|Outline|Dialog|LagPlot|uPlot|Timeline/i.test(name))).toEqual([]);
    await expect(frame.getByRole("link", { name: "Open" })).toHaveAttribute("href", /\/#t2\./);
  } finally {
    close();
    await reader.close();
  }
});

freshTest("an embed of a preset by name, in Korean and dark, remembers no choice", async ({ page }) => {
  await page.goto("./?embed&preset=slow-consumer&lang=ko&theme=dark");
  await expect(page.getByRole("button", { name: "컨슈머 추가" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("button", { name: "재생" })).toBeVisible();
  expect(await page.evaluate(async () => [(await indexedDB.databases()).length, localStorage.length])).toEqual([0, 0]);
});

freshTest("in a frame that is out of view the run stands still, and goes on when it is seen again", async ({ page, baseURL }) => {
  const { frame, close } = await openHost(page, `<iframe src="${baseURL}?embed&preset=orders" width="100%" height="480"></iframe>`, []);
  try {
    const time = frame.locator(".embed-time");
    await frame.getByRole("button", { name: "Play", exact: true }).click();
    await expect(time).toHaveText(/^00:2[1-9]\.\d$/);
    await page.evaluate(() => window.scrollTo(0, 2500));
    await expect(() => expectWorldToStand(page, page.frames()[1])).toPass();
    await expect(frame.getByRole("button", { name: "Pause", exact: true })).toBeAttached();
    const stoodAt = await time.textContent();
    await page.evaluate(() => window.scrollTo(0, 0));
    await expect(time).not.toHaveText(stoodAt ?? "");
  } finally {
    close();
  }
});

freshTest("the reader of an embed changes between queue and pub/sub, and starts over", async ({ page }) => {
  await page.goto("./?embed&preset=orders");
  await page.getByRole("radio", { name: "Pub/sub" }).click();
  await expect(page.getByRole("radio", { name: "Pub/sub" })).toBeChecked();
  const startOver = page.getByRole("button", { name: "Start over" });
  await goTo(page, 30_000);
  await startOver.click();
  await expect(page.locator(".embed-time")).toHaveText("00:20.0");
  // On a phone, both are in a menu.
  await page.setViewportSize({ width: 358, height: 480 });
  await goTo(page, 30_000);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitemradio", { name: "Queue" }).press("Enter");
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(page.getByRole("menuitemradio", { name: "Queue" })).toBeChecked();
  await page.getByRole("menuitem", { name: "Start over" }).click();
  await expect(page.locator(".embed-time")).toHaveText("00:20.0");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(358);
});

freshTest("a damaged link in a frame says so there", async ({ page }) => {
  await page.goto("./?embed#t2.AAAA");
  await expect(page.getByRole("alert")).toContainText("This link has been cut off");
});

async function embedHtml(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Embed", exact: true }).click();
  const box = page.getByRole("dialog", { name: "Embed" }).getByRole("textbox", { name: "HTML to paste" });
  await expect(box).toHaveValue(/^<iframe /);
  return box.inputValue();
}

/** A long page of another origin with the pasted HTML in it. Notes the files that are asked for from then on. */
async function openHost(page: Page, html: string, requested: string[]): Promise<{ readonly frame: FrameLocator; readonly close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "topiq-host-"));
  const head = `<!doctype html><link rel="icon" href="data:,"><title>A documentation page</title>`;
  writeFileSync(join(folder, "index.html"), `${head}<h1>Kafka</h1>${html}<div style="height:3000px"></div>`);
  const { url, close } = await serve(folder, { port: 0 });
  page.on("request", (request) => requested.push(request.url().replace(/^.*\//, "")));
  await page.goto(url);
  return {
    frame: page.frameLocator("iframe"),
    close: () => {
      close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function wheelOverFrame(page: Page, distance: number): Promise<void> {
  const box = await page.locator("iframe").boundingBox();
  if (!box) throw new Error("there is no frame");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  await page.mouse.wheel(0, distance);
}
