import { expect } from "@playwright/test";
import { imageDigest } from "../src/core/picture/imageDigest";
import { projectCluster } from "../src/core/picture/project";
import { openWorld } from "./simulate/openWorld";
import { playRun } from "./simulate/playRun";
import { freshTest as test } from "./support/pages";
import { goTo, open } from "./support/playground";

test("a scene runs in the browser as it runs in Node, to the last digit", async ({ page }) => {
  await open(page, "./?preset=rebalance-protocols");
  const opened = await openWorld({ kind: "preset", value: "rebalance-protocols" });
  if ("problem" in opened) throw new Error(opened.problem);
  for (const timeMs of [17_777, 5000]) {
    const played = playRun(opened, timeMs * 1000, null);
    if ("problem" in played) throw new Error(played.problem);
    expect(imageDigest(await goTo(page, timeMs))).toBe(imageDigest(projectCluster(played.cluster)));
  }
});
