import type { EntityKind } from "../../actions/entities";
import type { ClusterImage, ConsumerImage, GroupImage, ProducerImage, TopicImage } from "../../core/picture/image";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import type { MessageKey, Params } from "../../i18n/t";
import type { EntityName } from "../../scenario/scenario";
import type { Selection } from "../../store/topiqStore";

/** One line of the outline: a thing, or a wire to one, with its figures in words. */
export interface OutlineItem {
  /** Its path in the tree. */
  readonly id: string;
  readonly kind: "section" | EntityKind | "partition" | "wire";
  /** A name as it is, or words. */
  readonly name: string | OutlineText;
  readonly figures: readonly OutlineText[];
  readonly select: Selection | null;
  /** The thing that commands are about; a wire has both ends. */
  readonly entity: EntityName | null;
  readonly wire: { readonly from: EntityName; readonly to: EntityName } | null;
  readonly children: readonly OutlineItem[];
}

export interface OutlineText {
  readonly key: MessageKey;
  readonly params: Params;
}

export interface OutlineNames {
  readonly name: (kind: EntityKind, id: string) => string;
  /** "P0 and P1". */
  readonly join: (names: readonly string[]) => string;
}

/** The scenario as a tree: producers with the topics they write to, topics with their partitions and readers, groups with their topics and consumers. */
export function outline(image: ClusterImage, names: OutlineNames): readonly OutlineItem[] {
  const section = (id: string, key: MessageKey, children: readonly OutlineItem[]): OutlineItem =>
    newItem({ id, kind: "section", name: { key, params: {} }, figures: [{ key: "outline.count", params: { count: children.length } }], children });
  return [
    section("producers", "outline.producers", [...image.producers.values()].map((producer) => producerItem(producer, names))),
    section("topics", "outline.topics", [...image.topics.values()].map((topic) => topicItem(image, topic))),
    section("groups", "outline.groups", [...image.groups.values()].map((group) => groupItem(image, group, names))),
  ];
}

/** A line as it stands in the tree now. */
export interface OutlineLine {
  readonly item: OutlineItem;
  /** From 1. */
  readonly level: number;
  readonly parent: OutlineItem | null;
}

/** The lines that are not inside a closed item, from top to bottom. */
export function visibleLines(items: readonly OutlineItem[], closed: ReadonlySet<string>): readonly OutlineLine[] {
  const lines: OutlineLine[] = [];
  const visit = (item: OutlineItem, level: number, parent: OutlineItem | null): void => {
    lines.push({ item, level, parent });
    if (!closed.has(item.id)) for (const child of item.children) visit(child, level + 1, item);
  };
  for (const item of items) visit(item, 1, null);
  return lines;
}

export type OutlineMove = { readonly kind: "focus"; readonly id: string } | { readonly kind: "open" | "close"; readonly id: string };

/** What a key of the tree pattern does from a line (WAI-ARIA: arrows, Home, End), or null. */
export function outlineMove(lines: readonly OutlineLine[], currentId: string, closed: ReadonlySet<string>, key: string): OutlineMove | null {
  const at = lines.findIndex((line) => line.item.id === currentId);
  const line = lines[at];
  if (!line) return null;
  const focus = (target: OutlineItem | null | undefined): OutlineMove | null => (target ? { kind: "focus", id: target.id } : null);
  const { item, parent } = line;
  switch (key) {
    case "ArrowDown":
      return focus(lines[at + 1]?.item);
    case "ArrowUp":
      return focus(lines[at - 1]?.item);
    case "Home":
      return focus(lines[0]?.item);
    case "End":
      return focus(lines.at(-1)?.item);
    case "ArrowRight":
      return item.children.length > 0 && closed.has(item.id) ? { kind: "open", id: item.id } : focus(item.children[0]);
    case "ArrowLeft":
      return item.children.length > 0 && !closed.has(item.id) ? { kind: "close", id: item.id } : focus(parent);
    default:
      return null;
  }
}

function newItem(given: Pick<OutlineItem, "id" | "kind" | "name"> & Partial<OutlineItem>): OutlineItem {
  return { figures: [], select: null, entity: null, wire: null, children: [], ...given };
}

function producerItem({ spec, sent }: ProducerImage, { name }: OutlineNames): OutlineItem {
  const id = `producer:${spec.clientId}`;
  return newItem({
    id,
    kind: "producer",
    name: name("producer", spec.clientId),
    figures: [
      { key: "outline.rate", params: { rate: spec.source.ratePerSecond } },
      { key: "outline.sent", params: { count: sent } },
    ],
    select: { kind: "producer", id: spec.clientId },
    entity: id,
    children: spec.topics.map((topic) => wire(id, { key: "outline.writesTo", params: { topic } }, { kind: "topic", id: topic }, id, `topic:${topic}`)),
  });
}

function topicItem(image: ClusterImage, topic: TopicImage): OutlineItem {
  const id = `topic:${topic.name}`;
  const readers = [...image.groups.values()].filter((group) => group.spec.topics.includes(topic.name));
  const partitions = Array.from({ length: topic.partitions }, (_, partition): OutlineItem => {
    const count = image.partitions.get(formatTopicPartition(topic.name, partition))?.recordCount ?? 0;
    return newItem({
      id: `${id}/${partition}`,
      kind: "partition",
      name: `P${partition}`,
      figures: [{ key: "outline.records", params: { count } }],
      select: { kind: "partition", topic: topic.name, partition },
    });
  });
  return newItem({
    id,
    kind: "topic",
    name: topic.name,
    figures: [
      ...(topic.internal ? [{ key: "outline.internal", params: {} } as const] : []),
      { key: "outline.partitions", params: { count: topic.partitions } },
      { key: "outline.records", params: { count: topic.recordCount } },
    ],
    select: { kind: "topic", id: topic.name },
    // Kafka's own topics are read, not wired.
    entity: topic.internal ? null : id,
    children: [
      // Fifty partitions of one internal topic are chosen in the records browser.
      ...(topic.internal ? [] : partitions),
      ...readers.map(({ spec }) => wire(id, { key: "outline.readBy", params: { group: spec.groupId } }, { kind: "group", id: spec.groupId }, id, `group:${spec.groupId}`)),
    ],
  });
}

function groupItem(image: ClusterImage, group: GroupImage, names: OutlineNames): OutlineItem {
  const { groupId, topics } = group.spec;
  const id = `group:${groupId}`;
  const consumers = group.consumers.flatMap((clientId) => image.consumers.get(clientId) ?? []);
  return newItem({
    id,
    kind: "group",
    name: groupId,
    figures: [
      { key: "outline.consumers", params: { count: consumers.length } },
      { key: "figures.waiting", params: { count: group.waiting } },
    ],
    select: { kind: "group", id: groupId },
    entity: id,
    children: [
      ...topics.map((topic) => wire(id, { key: "outline.reads", params: { topic } }, { kind: "topic", id: topic }, `topic:${topic}`, id)),
      ...consumers.map((consumer) => consumerItem(image, consumer, topics.length > 1, names)),
    ],
  });
}

function consumerItem(image: ClusterImage, { spec, assignment, phase }: ConsumerImage, severalTopics: boolean, { name, join }: OutlineNames): OutlineItem {
  const id = `consumer:${spec.clientId}`;
  const owned = assignment.map(({ topic, partition }) => (severalTopics ? formatTopicPartition(topic, partition) : `P${partition}`));
  const waiting = assignment.reduce((sum, { topic, partition }) => {
    const track = image.partitions.get(formatTopicPartition(topic, partition))?.tracks.find((candidate) => candidate.groupId === spec.groupId);
    return sum + (track?.waiting ?? 0);
  }, 0);
  const figures: readonly OutlineText[] =
    owned.length > 0
      ? [
          { key: "outline.owns", params: { partitions: join(owned) } },
          { key: "figures.waiting", params: { count: waiting } },
        ]
      : [{ key: `consumer.phase.${phase}`, params: {} }];
  return newItem({ id, kind: "consumer", name: name("consumer", spec.clientId), figures, select: { kind: "consumer", id: spec.clientId }, entity: id });
}

function wire(parentId: string, name: OutlineText, select: Selection, from: EntityName, to: EntityName): OutlineItem {
  return newItem({ id: `${parentId}>${from}>${to}`, kind: "wire", name, select, wire: { from, to } });
}
