import { decodeLink, encodeLink } from "../../src/scenario/link";
import { largeScenario } from "../../src/scenario/testScenario";
import { openScene } from "./drive";
import { type Part, trial } from "./part";
import { median, ms, timesMs } from "./report";
import { largeScene } from "./scenes";

export const link: Part = {
  name: "link",
  title: "Link of 5 producers, 3 topics, 4 groups, 12 consumers, every place and name given",
  needsBrowser: true,
  trials: [
    trial({ characters: { what: "after its #", unit: "characters", goal: "1,000" } }, (side) =>
      side.inPage("?embed", async (page) => {
        await openScene(page, largeScene());
        const address = await page.evaluate(() => window.topiq.link("scenario"));
        return { characters: address.length - address.indexOf("#") - 1 };
      }),
    ),
  ],
  ownRows: async () => {
    const shared = { scenario: largeScenario(), run: null };
    const encoded = encodeLink(shared);
    return [
      { what: "encode, in Node", goal: "1 ms", measured: ms(median(timesMs(RUNS, () => void encodeLink(shared)))) },
      { what: "decode, checked, in Node", goal: "1 ms", measured: ms(median(timesMs(RUNS, () => void decodeLink(encoded)))) },
    ];
  },
};

const RUNS = 201;
