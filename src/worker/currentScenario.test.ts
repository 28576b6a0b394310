import { describe, expect, it } from "vitest";
import { bootCluster } from "../core/world/boot";
import type { Command } from "../core/world/command";
import { addQueuePart } from "../core/world/queuePart";
import { submit } from "../core/world/submit";
import { specOf } from "../core/world/topology";
import { sameInput } from "../scenario/presets/rabbit/sameInput";
import { currentScenario } from "./currentScenario";

addQueuePart();

describe("the scenario as it is wired now", () => {
  const after = (command: Command) => {
    const cluster = bootCluster(sameInput);
    expect(submit(cluster, command)).toBeNull();
    return currentScenario(sameInput, specOf(cluster.topology));
  };

  it("keeps what its author says of it, with more in it", () => {
    const now = after({ type: "addGroup", group: { groupId: "more", topics: ["orders"], configs: {} } });
    expect(now.groups.map(({ groupId }) => groupId)).toContain("more");
    expect(now.description).toEqual(sameInput.description);
  });

  it.each<Command>([
    { type: "deleteExchange", exchange: "orders.fanout" },
    { type: "removeReceiver", receiver: "r1", how: "kill" },
    { type: "deleteTopic", topic: "orders" },
    { type: "removeConsumer", clientId: "c1", how: "close" },
  ])("says nothing of it any more where something is gone: %o", (command) => {
    expect(after(command)).toMatchObject({ name: sameInput.name, description: "" });
  });
});
