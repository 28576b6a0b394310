import { expect } from "@playwright/test";
import { imageDigest } from "../src/core/picture/imageDigest";
import { projectCluster } from "../src/core/picture/project";
import { presets } from "../src/scenario/presets/presets";
import { openWorld } from "./simulate/openWorld";
import { playRun } from "./simulate/playRun";
import { freshTest as test } from "./support/pages";
import { goTo, open } from "./support/playground";

/** Twenty moments in all: two of every second scene, one ahead and one back. */
const scenes = presets.filter((_, at) => at % 2 === 0).slice(0, 10);

for (const [at, { id }] of scenes.entries()) {
  test(`a scene runs in the browser as it runs in Node, to the last digit: ${id}`, async ({ page }) => {
    await open(page, `./?preset=${id}`);
    const opened = await openWorld({ kind: "preset", value: id });
    if ("problem" in opened) throw new Error(opened.problem);
    for (const timeMs of [17_777 + at * 2113, 5000 + at * 611]) {
      const played = playRun(opened, timeMs * 1000, null);
      if ("problem" in played) throw new Error(played.problem);
      expect(imageDigest(await goTo(page, timeMs))).toBe(imageDigest(projectCluster(played.cluster)));
    }
  });
}

test("there are twenty such moments", () => expect(scenes).toHaveLength(10));
