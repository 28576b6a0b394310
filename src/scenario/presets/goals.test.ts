import { describe, expect, it } from "vitest";
import { verbCommands } from "../../actions/verbCommands";
import { currentVerb } from "../../actions/verbs";
import { fillKinds } from "../../actions/entities/kindTable";
import { addQueuePart } from "../../core/world/queuePart";
import { kindsWithQueues } from "../../entities/queueKinds";
import { bootCluster } from "../../core/world/boot";
import type { Cluster } from "../../core/world/cluster";
import { projectCluster } from "../../core/picture/project";
import { runUntil } from "../../core/world/kernel/run";
import { submit } from "../../core/world/submit";
import { dialogMessages } from "../../i18n/en/dialogs";
import type { Scenario } from "../scenario";
import { presets, sceneChapters } from "./presets";

fillKinds(kindsWithQueues);
addQueuePart();

const SECOND_US = 1_000_000;
const PRESSES = 4;

const sentences: Readonly<Record<string, string>> = {
  "topic-or-queue": "scene.compared",
  "late-subscriber": "scene.classic.neverGot",
  "order-and-receivers": "scene.classic.outOfOrder",
  "broker-killed": "scene.classic.forgotten",
  "exactly-once": "scene.twice",
  "at-most-at-least-once": "scene.lostAndTwice",
  "poison-record": "scene.classic.setAside",
  "auto-commit-pool": "scene.lost",
};

describe("the catalogue", () => {
  it("goes through its chapters once, in their order", () => {
    const chapters = presets.map(({ chapter }) => chapter);
    expect(chapters.filter((chapter, at) => chapter !== chapters[at - 1])).toEqual(sceneChapters);
  });

  it.each(presets)("$id has words for its goal, which is reached by its verb, and not before", async ({ id, goal, load }) => {
    expect(Object.keys(dialogMessages)).toContain(`examples.goal.${id}`);
    const scenario = await load();
    const cluster = bootCluster(scenario);
    runUntil(cluster, scenario.startMs * 1000);
    const left = run(scenario);
    expect(goal(projectCluster(left), scenario), "nobody has done anything").toBe(false);
    for (let press = 0; press < PRESSES && !goal(projectCluster(cluster), scenario); press++) {
      const image = projectCluster(cluster);
      for (const command of verbCommands(currentVerb(scenario.verb, image), image, scenario)) expect(submit(cluster, command)).toBeNull();
      // What is asked for has not been done yet.
      expect(goal(projectCluster(cluster), scenario)).toBe(false);
      for (let second = 0; second < 40 && !goal(projectCluster(cluster), scenario); second++) runUntil(cluster, cluster.nowUs + SECOND_US);
    }
    expect(goal(projectCluster(cluster), scenario)).toBe(true);
    // In the end the sentence says what there was to see.
    const last = sentences[id];
    const said = (): string => projectCluster(cluster).narration.id;
    if (last === undefined) return;
    for (let second = 0; second < 60 && said() !== last; second++) runUntil(cluster, cluster.nowUs + SECOND_US);
    expect(said()).toBe(last);
  });
});

/** The scene left to itself for two minutes. */
function run(scenario: Scenario): Cluster {
  const cluster = bootCluster(scenario);
  runUntil(cluster, scenario.startMs * 1000 + 120 * SECOND_US);
  return cluster;
}
