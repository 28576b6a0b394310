import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { performAction } from "../actions/actions";
import { entityName, parseEntity } from "../actions/entities/entities";
import type { EntityKind } from "../actions/entities/entityKind";
import { fillKinds } from "../actions/entities/kindTable";
import { canDrawWire, connectCommand, disconnectCommand } from "../actions/entities/wiring";
import { startTestWorld } from "../actions/testWorld";
import { layoutOf } from "../canvas/layout/testScene";
import { readStructure, shapesOf } from "../canvas/layout/sceneStructure";
import { selectionOf } from "../canvas/nodes/chosenNodes";
import { nodeTypes, sceneNodes } from "../canvas/nodes/sceneNodes";
import { curve } from "../canvas/wires/polyline";
import { sceneWires } from "../canvas/wires/sceneWires";
import type { ClusterImage } from "../core/picture/image";
import { loadWords } from "../i18n/t";
import { Inspector } from "../panels/inspector/Inspector";
import { deleteCommand } from "../panels/inspector/parts/entityCommands";
import { HeadWords } from "../panels/inspector/parts/HeadWords";
import type { ShownProps } from "../panels/kindPanel";
import { loadPanels } from "../panels/kindPanels";
import { Outline } from "../panels/outline/Outline";
import { newItem, wireItem } from "../panels/outline/outlineItem";
import { select, useTopiq } from "../store/topiqStore";
import { installTestDom, newTestElement } from "../ui/testDom";
import { PlusIcon } from "../ui/icons";
import { TestPlace } from "../worker/testPlace";
import { entityKinds } from "./entityKinds";

/** What the core would have to say of a kind that it does not have yet: tables that are read from topics. */
interface WithTables extends ClusterImage {
  readonly tables: ReadonlyMap<string, { readonly id: string; readonly topic: string; readonly rows: number }>;
}

const tablesOf = (image: ClusterImage): WithTables["tables"] => (image as WithTables).tables;

function Words({ shown: { id } }: ShownProps): ReactNode {
  const rows = useTopiq(({ image }) => (image ? tablesOf(image).get(id)?.rows : undefined));
  return <HeadWords icon={<PlusIcon />} title={id} kind={`${rows} rows`} />;
}

/** A kind is one entry: no other file knows of it. */
const tableKind: EntityKind = {
  name: "table",
  field: "tables",
  icon: PlusIcon,
  params: [],
  wires: [
    {
      to: "topic",
      isDrawn: true,
      connect: (image, id, topic) => (tablesOf(image).get(id)?.topic === topic ? "already" : { type: "deleteTopic", topic: `${id} reads ${topic}` }),
      disconnect: () => "notConnected",
    },
  ],
  // Commands are the core's: the test takes two of those that it has.
  remove: (_, id) => [{ type: "removeProducer", clientId: `table ${id}` }],
  addition: { word: "shell.add", label: "shell.add", make: () => ({ commands: [], added: { kind: "table", id: "new" } }) },
  node: {
    column: "readers",
    component: () => <b>table</b>,
    read: (image) => [...tablesOf(image).values()].map(({ id, topic }) => ({ id, topic })),
    height: () => 50,
    wires: ({ id }) => [{ from: entityName("table", id), to: "topic:orders" }],
    ways: (structure, { boxes }) => ({ wires: [], pills: [], strokes: shapesOf(structure, "tables").map(({ id }) => ({ id, kind: "subscription", letter: null, points: curve(boxes["topic:orders"]!, boxes[`table:${id}`]!) })) }),
    label: (_, name) => `the table ${name}`,
    hasWire: () => false,
  },
  panel: async () => ({
    Mark: PlusIcon,
    Title: Words,
    tabs: () => [{ name: "figures", Body: Words }],
    chartedGroups: () => [],
    commands: (_, id) => [deleteCommand(entityName("table", id))],
    section: {
      id: "tables",
      title: "outline.topics",
      items: (image) =>
        [...tablesOf(image).values()].map(({ id, topic }) =>
          newItem({
            id: `table:${id}`,
            look: "table",
            name: id,
            figures: (now) => [{ key: "outline.count", params: { count: tablesOf(now).get(id)?.rows ?? 0 } }],
            select: { kind: "table", id },
            entity: `table:${id}`,
            children: [wireItem(`table:${id}`, { key: "outline.reads", params: { topic } }, { kind: "topic", id: topic }, `table:${id}`, `topic:${topic}`)],
          }),
        ),
    },
  }),
};

let worker: TestPlace;
let image: WithTables;
let removeTestDom: () => void;

beforeAll(async () => {
  removeTestDom = installTestDom();
  fillKinds([...entityKinds, tableKind]);
  await Promise.all([loadPanels(), loadWords("panels", "problems")]);
});

afterAll(async () => {
  select([]);
  useTopiq.setState({ image: null });
  fillKinds(entityKinds);
  await loadPanels();
  removeTestDom();
});

beforeEach(async () => {
  worker = new TestPlace();
  await startTestWorld(worker);
  image = { ...useTopiq.getState().image!, tables: new Map([["prices", { id: "prices", topic: "orders", rows: 3 }]]) };
  useTopiq.setState({ image });
});

async function textOf(drawn: ReactNode): Promise<string> {
  const element = newTestElement();
  const root = createRoot(element);
  await act(() => root.render(drawn));
  const text = element.textContent ?? "";
  await act(() => root.unmount());
  return text;
}

describe("a kind of entity that is one entry", () => {
  it("stands on the canvas: laid out beside what it is wired to, and drawn by its own node", () => {
    const structure = readStructure(image);
    const layout = layoutOf(structure, { width: 1080, height: 620 });
    const box = layout.boxes["table:prices"]!;
    const [topic, group] = [layout.boxes["topic:orders"]!, layout.boxes["group:billing"]!];
    expect(box.height).toBe(50);
    expect(box.x).toBeGreaterThan(topic.x + topic.width);
    expect(box.y).toBeGreaterThanOrEqual(group.y + group.height);
    const node = sceneNodes(structure, layout, new Set(["table:prices"]), {}).find(({ id }) => id === "table:prices");
    expect(node).toMatchObject({ type: "table", selected: true, ariaLabel: "the table prices", data: { shape: { id: "prices", topic: "orders" } } });
    expect(nodeTypes()["table"]).toBe(tableKind.node.component);
    expect(sceneWires(structure, layout).strokes.at(-1)).toMatchObject({ id: "prices", kind: "subscription" });
  });

  it("has its lines in the outline, and its view in the inspector", async () => {
    expect(await textOf(<Outline takesFocus={false} />)).toContain("prices, 3");
    select([selectionOf("table:prices")!]);
    expect(await textOf(<Inspector />)).toContain("prices3 rows");
    select([{ kind: "table", id: "gone" }]);
    expect(await textOf(<Inspector />)).not.toContain("rows");
  });

  it("is named, selected, wired, added and deleted like any other", async () => {
    expect(parseEntity("table:prices")).toEqual({ kind: "table", id: "prices" });
    await performAction("selectAll");
    expect(useTopiq.getState().selection).toContainEqual({ kind: "table", id: "prices" });
    expect(canDrawWire("table:prices", "topic:orders")).toBe(true);
    expect(connectCommand(image, "topic:orders", "table:prices")).toBe("already");
    expect(connectCommand(image, "table:prices", "topic:other")).toEqual({ type: "deleteTopic", topic: "prices reads other" });
    expect(connectCommand(image, "table:prices", "group:billing")).toBe("noWire");
    expect(disconnectCommand(image, "table:prices", "topic:orders")).toBe("notConnected");
    select([{ kind: "table", id: "prices" }]);
    await performAction("delete");
    expect(worker.sent.findLast(({ type }) => type === "submit")).toMatchObject({ command: { type: "removeProducer", clientId: "table prices" } });
    await performAction("add", { kind: "table" });
    expect(useTopiq.getState().selection).toEqual([{ kind: "table", id: "new" }]);
  });
});
