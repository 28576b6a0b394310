import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { dist } from "../.ci/build.mjs";
import { serve } from "../.ci/static-server.mjs";
import { plainTest as test } from "./support/pages";

test("the page loads under its policy, without an error and without a request to anywhere else", async ({ page, baseURL }) => {
  const seen = watch(page);
  await page.goto("./");
  await expect(page.locator("#root")).not.toBeEmpty();

  const policy = await page.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
  expect(policy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
      "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'",
  );
  expect(seen.problems).toEqual([]);
  expect(seen.addresses.filter((address) => !address.startsWith(baseURL ?? ""))).toEqual([]);
});

test("the policy refuses inline script, inline style and other origins", async ({ page }) => {
  await page.goto("./");
  const refused = await page.evaluate(async () => {
    const violations = new Promise<string[]>((resolve) => {
      const directives: string[] = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
        if (directives.push(effectiveDirective) === 3) resolve(directives.toSorted());
      });
    });
    const script = document.createElement("script");
    script.textContent = "document.title = 'taken over'";
    const style = document.createElement("style");
    style.textContent = "body { display: none }";
    document.body.append(script, style);
    await fetch("https://example.org/").catch(() => undefined);
    return violations;
  });
  expect(refused).toEqual(["connect-src", "script-src-elem", "style-src-elem"]);
  await expect(page).not.toHaveTitle("taken over");
});

test("the build works in a sub-folder of a static host", async ({ page }) => {
  const host = mkdtempSync(join(tmpdir(), "topiq-host-"));
  mkdirSync(join(host, "some"));
  cpSync(dist, join(host, "some", "where"), { recursive: true });
  const { url, close } = await serve(host, { port: 0 });
  try {
    const seen = watch(page);
    await page.goto(`${url}some/where/`);
    await expect(page.locator("#root")).not.toBeEmpty();
    expect(seen.problems).toEqual([]);
    expect(seen.addresses.filter((address) => !address.startsWith(`${url}some/where/`))).toEqual([]);
  } finally {
    close();
    rmSync(host, { recursive: true });
  }
});

/** Collects what goes wrong on a page, and every address that it or its workers ask for. */
function watch(page: Page): { problems: string[]; addresses: string[] } {
  const problems: string[] = [];
  const addresses: string[] = [];
  page.on("console", (message) => {
    // A refusal by the policy is printed as an error, too.
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  page.context().on("request", (request) => {
    if (!/^(data|blob):/.test(request.url())) addresses.push(request.url());
  });
  return { problems, addresses };
}
