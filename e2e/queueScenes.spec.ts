import { expect, type Page } from "@playwright/test";
import type { ClusterImageJson } from "../src/core/picture/imageJson";
import { inLanguage } from "../src/actions/entities/entities";
import { commandsOfRun, loadPreset } from "./support/core";
import { freshTest, test } from "./support/pages";
import { card, eventually, goUntil, image, pause, sentence } from "./support/playground";

type Language = "en" | "ko";

interface PlayedScene {
  readonly preset: string;
  /** The words on its button. */
  readonly verb: Readonly<Record<Language, string | RegExp>>;
  /** What is to be seen after a press or two, and what must hold of the figures then. */
  readonly shows: (shown: ClusterImageJson) => boolean;
  /** Looked at when it shows. */
  readonly look?: (page: Page, shown: ClusterImageJson, language: Language) => Promise<void>;
}

const scenes: readonly PlayedScene[] = [
  {
    preset: "same-input",
    verb: { en: "Kill receiver r1", ko: "수신자 r1 강제 종료" },
    shows: ({ receivers }) => receivers["r1"] === undefined && receivers["r2"]?.inWork?.redelivered === true,
    look: async (page, shown) => {
      // The same input: what each got, is gone, can be read again, and was missed, adds up in every column.
      for (const column of Object.values(shown.columns)) {
        const { sent, processed, inWork, waiting, setAside, lost, neverGot } = column;
        expect(processed + inWork + waiting + setAside + lost + neverGot, column.name).toBe(sent);
      }
      expect(shown.columns["group/billing"]?.readable).toBe(shown.topics["orders"]?.recordCount);
      expect(shown.columns["queue/s2.queue"]?.neverGot).toBeGreaterThan(20);
      await expect(page.getByRole("columnheader", { name: /s2/ })).toBeVisible();
    },
  },
  {
    preset: "receiver-dies",
    verb: { en: "Kill receiver r1", ko: "수신자 r1 강제 종료" },
    shows: ({ queues }) => Object.values(queues)[0]?.ready.some(({ redelivered }) => redelivered) === true,
    look: async (page, shown) => {
      const [queue] = Object.values(shown.queues);
      // They stand in the order in which they came, the ones that are back as well.
      const places = queue?.ready.map(({ place }) => place) ?? [];
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      await expect(page.locator(".scene-bead-again")).toHaveCount(queue?.ready.filter(({ redelivered }) => redelivered).length ?? 0);
    },
  },
  {
    preset: "late-subscriber",
    verb: { en: /late/, ko: /늦/ },
    shows: ({ queues, groups }) => Object.values(queues).some(({ audit }) => audit.neverGot > 5) && Object.values(groups).length > 1 && Object.values(groups).every(({ processed }) => processed > 5),
    look: async (page, shown, language) => {
      const late = Object.values(shown.queues).find(({ audit }) => audit.neverGot > 5);
      await expect(card(page, "queue", late?.spec.name ?? "").getByText(`${language === "en" ? "missed" : "놓침"} ${late?.audit.neverGot}`)).toBeVisible();
    },
  },
  {
    preset: "broker-killed",
    verb: { en: "Kill the RabbitMQ broker", ko: "RabbitMQ 브로커 강제 종료" },
    shows: ({ isAmqpUp }) => isAmqpUp === false,
    look: async (page, _, language) => {
      await expect(page.getByText(language === "en" ? "broker down" : "브로커 멈춤").first()).toBeVisible();
      await page.locator(".scene-verb").click();
      const up = await goUntil(page, ({ receivers, isAmqpUp }) => isAmqpUp === true && Object.values(receivers).every(({ phase }) => phase === "receiving"));
      const lost = Object.values(up.queues).map(({ spec, audit }) => [spec.durable, audit.lost > 0]);
      expect(lost.filter(([isDurable]) => isDurable).every(([, isLost]) => !isLost)).toBe(true);
      expect(lost.some(([isDurable, isLost]) => !isDurable && isLost)).toBe(true);
    },
  },
  {
    preset: "exactly-once",
    verb: { en: /Kill/, ko: /강제 종료/ },
    shows: ({ queues }) => Object.values(queues).some(({ audit }) => audit.twice > 0),
    look: async (_, shown) => expect(Object.values(shown.queues).every(({ audit }) => audit.lost === 0)).toBe(true),
  },
  {
    preset: "topic-or-queue",
    verb: { en: "Add a group", ko: "그룹 추가" },
    shows: ({ groups, narration }) => Object.values(groups).every(({ processed }) => processed > 5) && narration.id === "scene.compared",
    look: async (page, _, language) => {
      // The answer, in two lines at most.
      await expect(sentence(page)).toContainText(language === "en" ? "One group makes a topic a queue" : "한 그룹이 읽으면 큐");
      const { lines } = await sentence(page).evaluate((element) => ({ lines: Math.round(element.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(element).lineHeight)) }));
      expect(lines).toBeLessThanOrEqual(2);
    },
  },
];

for (const language of ["en", "ko"] as const) {
  freshTest(`six scenes beside RabbitMQ play to what they have to show, in ${language}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const { preset, verb, shows, look } of scenes) {
      await test.step(preset, async () => {
        await page.goto(`./?preset=${preset}&lang=${language}`);
        await page.evaluate(() => window.topiq.ready);
        await pause(page);
        const { description } = await loadPreset(preset);
        await expect(sentence(page)).toHaveText(inLanguage(description, language).replaceAll("**", ""));
        const button = page.locator(".scene-verb");
        await expect(button).toHaveText(verb[language]);
        const before = await commands(page);
        await button.click();
        await eventually(() => commands(page)).toBeGreaterThan(before);
        const shown = await goUntil(page, shows, 250);
        await look?.(page, shown, language);
        // No key is left where words should be.
        await expect(page.locator("body")).not.toContainText(/\b(?:queue|exchange|receiver|scene|promise|delivery|verb)\.[a-z]+\.[a-z]/i);
      });
    }
  });
}

freshTest("in a frame of 720x405 all three models are seen, and the verb does its work", async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 405 });
  await page.goto("./?embed&preset=same-input&lang=en");
  await page.evaluate(() => window.topiq.ready);
  for (const [kind, name] of [
    ["topic", "orders"],
    ["queue", "orders.queue"],
    ["queue", "s1.queue"],
    ["queue", "s2.queue"],
    ["receiver", "s2"],
  ] as const) {
    const shown = card(page, kind, name);
    await expect(shown).toBeVisible();
    const box = await shown.boundingBox();
    expect(box && box.y >= 0 && box.y + box.height <= 405, name).toBe(true);
  }
  for (const words of ["Kafka topic", "Classic queue, as RabbitMQ 3.10", "Fanout exchange"]) await expect(page.getByText(words, { exact: true })).toBeVisible();
  await page.locator(".scene-verb").click();
  await eventually(async () => (await image(page)).receivers["r1"]).toBeUndefined();
  await expect(page.locator(".scene-verb")).toHaveText("Kill receiver r2");
});

/** How many commands the run has. */
async function commands(page: Page): Promise<number> {
  return commandsOfRun(await page.evaluate(() => window.topiq.link("run")));
}
