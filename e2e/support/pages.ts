import { type Browser, type ConsoleMessage, expect, type Page, test as playwright } from "@playwright/test";

/** One page that the tests of a worker use one after the other. Playwright ends the worker of a test that fails, and the page with it. */
export class SharedPage {
  private readonly browser: Browser;
  private readonly options: { readonly baseURL?: string; readonly locale?: string };
  private page: Page | null = null;

  constructor(browser: Browser, options: SharedPage["options"]) {
    this.browser = browser;
    this.options = options;
  }

  async take(): Promise<Page> {
    if (this.page) return this.page;
    const context = await this.browser.newContext(this.options);
    this.page = await context.newPage();
    sharedPages.add(this.page);
    return this.page;
  }

  /** Makes room for the next test: what a scene does not bring with it is put away. A page that then is not as it was opened is closed. */
  async giveBack(): Promise<void> {
    const { page } = this;
    if (!page) return;
    const isPlain = await putAway(page).catch(() => false);
    if (!isPlain) await this.close();
  }

  async close(): Promise<void> {
    const { page } = this;
    this.page = null;
    await page?.context().close();
  }
}

/** The pages on which a scene is opened from the menu, for they are open already. */
export const sharedPages = new WeakSet<Page>();

/** Tests of pages that may complain. All others are made from it: tests with other fixtures for a worker would need workers of their own. */
export const plainTest = playwright.extend<object, { readonly shared: SharedPage }>({
  shared: [
    async ({ browser }, use, { project }) => {
      const { baseURL, locale } = project.use;
      const shared = new SharedPage(browser, { ...(baseURL !== undefined && { baseURL }), ...(locale !== undefined && { locale }) });
      await use(shared);
      await shared.close();
    },
    { scope: "worker" },
  ],
});

/** Tests in which the page writes no error and no warning to its console, a refusal by its policy included; each in a browser context of its own. */
export const freshTest = plainTest.extend<{ readonly problems: string[] }>({
  problems: [
    async ({ page }, use) => {
      const problems: string[] = [];
      const stop = collectProblems(page, problems);
      await use(problems);
      stop();
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});

/** The same on the page that is open already: for tests that are not about opening, storage, addresses, language or theme. */
export const test = freshTest.extend({
  page: async ({ shared }, perform) => {
    await perform(await shared.take());
    await shared.giveBack();
  },
  context: ({ page }, perform) => perform(page.context()),
});

/** Notes what a page complains about, from now on. Returns how to stop. */
export function collectProblems(page: Page, problems: string[]): () => void {
  const onConsole = (message: ConsoleMessage): void => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  };
  const onError = (error: Error): void => void problems.push(error.message);
  page.on("console", onConsole).on("pageerror", onError);
  return () => void page.off("console", onConsole).off("pageerror", onError);
}

async function putAway(page: Page): Promise<boolean> {
  await page.keyboard.press("Escape");
  await page.mouse.move(0, 0);
  return page.evaluate(async () => {
    window.topiq.pause();
    document.querySelector<HTMLElement>(".ui-toast-close")?.click();
    await new Promise(requestAnimationFrame);
    const leftOpen = "dialog, [role=menu], .shell-drawer, .shell-below, .zoom-moved, [class*=scene-connecting-], .shell-header input";
    const kept = JSON.parse(localStorage.getItem("topiq.preferences") ?? "{}");
    // Scenes that are done, and no drawer, are what any test may leave.
    const isAsBefore = Object.entries(kept).every(([name, value]) => name === "done" || (name === "drawer" && value === null));
    if (isAsBefore) localStorage.clear();
    return document.querySelector(leftOpen) === null && isAsBefore && location.search + location.hash === "";
  });
}
