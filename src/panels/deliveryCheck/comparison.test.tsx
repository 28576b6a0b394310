import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, it } from "vitest";
import type { ClusterImage } from "../../core/picture/image";
import { projectCluster } from "../../core/picture/project";
import { bootCluster } from "../../core/world/boot";
import { runUntil } from "../../core/world/kernel/run";
import { addQueuePart } from "../../core/world/queuePart";
import type { ClusterSpec } from "../../core/world/spec";
import { loadWords, t } from "../../i18n/t";
import { comparison } from "./comparison";
import { ComparisonTable } from "./ComparisonTable";
import { Promises } from "./Promises";

addQueuePart();

const queue = { durable: true, exclusive: false, autoDelete: false, arguments: {} };

/** One source for a topic, a queue and two subscribers of a fanout, after ten seconds; with queues or without. */
function world(amqp: boolean): ClusterImage {
  const spec: ClusterSpec = {
    seed: 1,
    network: { latencyMs: 1, jitterMs: 0 },
    brokerConfigs: { "offsets.topic.replication.factor": 1 },
    topics: [{ name: "orders", partitions: 1, configs: {} }],
    producers: [
      {
        clientId: "checkout",
        topics: ["orders"],
        source: { ratePerSecond: 5, keys: { kind: "none" }, valueSizeInBytes: 0 },
        configs: {},
        ...(amqp && { publishes: { targets: [{ exchange: "", routingKey: "orders.q" }, { exchange: "orders.f", routingKey: "" }], confirms: true, mandatory: false, persistent: true, expirationMs: null, priority: null } }),
      },
    ],
    groups: [{ groupId: "billing", topics: ["orders"], configs: { "auto.offset.reset": "earliest" } }],
    consumers: [{ clientId: "c1", groupId: "billing", processing: { timeMs: 10 } }],
    ...(amqp && {
      amqp: {
        exchanges: [{ name: "orders.f", type: "fanout", durable: true }],
        queues: [{ ...queue, name: "orders.q", bindings: [] }, ...["s1", "s2"].map((name) => ({ ...queue, name, bindings: [{ exchange: "orders.f", routingKey: "" }] }))],
        receivers: [{ name: "r1", queue: "orders.q", prefetchCount: 1, noAck: true, priority: 0, processing: { timeMs: 100 } }],
      },
    }),
  };
  const cluster = bootCluster(spec);
  runUntil(cluster, 10_000_000);
  return projectCluster(cluster);
}

beforeAll(() => loadWords("panels"));

/** The check of a scene with queues, as the page has it. */
function compared(image: ClusterImage): string {
  const found = comparison(image);
  if (!found) throw new Error("nothing is compared");
  return renderToStaticMarkup(
    <>
      <ComparisonTable comparison={found} />
      <Promises promises={found.heads} />
    </>,
  );
}

/** The texts of all elements of a name in a markup. */
function texts(markup: string, name: string): string[] {
  return Array.from(markup.matchAll(new RegExp(`<${name}(?: [^>]*)?>(.*?)</${name}>`, "gs")), ([, inner = ""]) => inner.replaceAll(/<span[^>]*role="tooltip".*?<\/span>/gs, "").replaceAll(/<[^>]*>/g, ""));
}

/** A row's figures, by its head. */
function rowOf(markup: string, name: string): string[] {
  const row = [...markup.matchAll(/<tr>.*?<\/tr>/gs)].map(([text]) => text).find((text) => texts(text, "th")[0] === name);
  return texts(row ?? "", "td");
}

describe("the delivery check of groups and queues", () => {
  const image = world(true);

  it("has a column for each, with where it comes from", () => {
    const markup = compared(image);
    expect(texts(markup, "thead")).toEqual([[t("delivery.figure"), "Abilling", "orders", "orders.q", t("delivery.column.queue"), "s1", "orders.f", "s2", "orders.f"].join("")]);
    const columns = [...image.columns.values()];
    expect(rowOf(markup, "Sent")).toEqual(columns.map(({ sent }) => String(sent)));
    expect(rowOf(markup, "Can be read again")).toEqual([String(columns[0]?.sent), "0", "0", "0"]);
    expect(rowOf(markup, "Set aside")).toEqual([]);
  });

  it("says waiting of all that is not done, and how much of that is in work, as the canvas does", () => {
    const columns = new Map([...image.columns].map(([id, column]) => [id, { ...column, waiting: 3, inWork: 2 }]));
    const markup = compared({ ...image, columns });
    expect(rowOf(markup, t("delivery.column.waiting"))).toEqual(["5", "5", "5", "5"]);
    expect(rowOf(markup, t("delivery.column.inWork"))).toEqual(["2", "2", "2", "2"]);
  });

  it("has names that stand upright where they are many or long", () => {
    const [first, ...others] = image.columns;
    const upright = (columns: ClusterImage["columns"]): boolean | undefined => comparison({ ...image, columns })?.isUpright;
    expect(upright(image.columns)).toBe(false);
    expect(upright(new Map(others.slice(0, 2)))).toBe(false);
    const doubled = [...image.columns].map(([id, column]) => [`${id} again`, column] as const);
    expect(first && upright(new Map([...image.columns, ...doubled]))).toBe(true);
    const queues = new Map([...image.queues].map(([id, found]) => [id, { ...found, spec: { ...found.spec, bindings: [{ exchange: "notifications", routingKey: "" }] } }]));
    const exchanges = new Map([["notifications", [...image.exchanges.values()][0]]]) as ClusterImage["exchanges"]; // there is one
    expect(comparison({ ...image, queues, exchanges })?.isUpright).toBe(true);
  });

  it("can be read by who does not see it, and scrolled by key", () => {
    const markup = compared(image);
    expect([...markup.matchAll(/<th /g)].length).toBe([...markup.matchAll(/<th [^>]*scope="(?:row|col)"/g)].length);
    expect([...markup.matchAll(/scope="row"/g)].length).toBe(9);
    expect(markup).toContain('<div class="delivery-compared" tabindex="0">');
    expect(markup).toContain(`title="${t("delivery.column.copy.title", { queue: "s1", exchanges: "orders.f" })}"`);
  });

  it("says beside it what the settings of each promise, and the fault that shows it", () => {
    const markup = compared(image);
    expect(texts(markup, "dt")).toEqual(["Abilling", "orders.q", "s1", "s2"]);
    const [group, noAck, copy] = texts(markup, "dd");
    expect(group).toBe(`${t("promise.atLeastOnce")} ${t("promise.uncommitted")}`);
    expect(noAck).toBe([t("promise.neither"), t("promise.queue.noAck"), t("promise.queue.brokerKilled"), t("promise.queue.confirmsRepeat")].join(" "));
    expect(copy, "nobody receives from s1 and s2").toBe(t("promise.nobody"));
  });

  it("shows what is set aside where there is any, and marks faults", () => {
    const columns = new Map([...image.columns].map(([id, column]) => [id, { ...column, setAside: 2, lost: 1 }]));
    const { rows = [] } = comparison({ ...image, columns }) ?? {};
    expect(rows.find(({ name }) => name === "setAside")?.figures).toEqual([2, 2, 2, 2]);
    expect(rows.filter(({ fault }) => fault).map(({ name }) => name)).toEqual(["lost", "twice", "outOfOrder"]);
  });

  it("is not there in a scene with topics alone, whose groups have a promise all the same", () => {
    const topics = world(false);
    expect(comparison(topics)).toBe(null);
    expect(topics.groups.get("billing")?.promise).toEqual({ promise: "atLeastOnce", loses: [], doubles: ["uncommitted"] });
  });
});
