import { narrate } from "../watch/narrate";
import type { Cluster } from "../world/cluster";
import { deliveryMode, deliveryModes } from "../world/deliveryMode";
import { topicState } from "../world/wanted";
import { auditEntity } from "./entities/audit";
import { brokerEntity } from "./entities/broker";
import { consumerEntity } from "./entities/consumer";
import { groupEntity } from "./entities/group";
import { partitionEntity } from "./entities/partition";
import { producerEntity } from "./entities/producer";
import { topicEntity } from "./entities/topic";
import type { EntityKind, Looks, Scene } from "./entityKind";
import { isAlike } from "./isAlike";
import type { ClusterImage } from "./image";
import { messagesInFlight } from "./messages";
import { missingTopics } from "./missing";
import { sceneOf } from "./scene";

/** The kinds of entities that a picture has. */
const entityKinds: EntityKind<unknown>[] = [brokerEntity, topicEntity, partitionEntity, producerEntity, groupEntity, consumerEntity, auditEntity];

/** Adds a kind; a chunk that is loaded later adds its own then. */
export function addEntityKind<Image>(kind: EntityKind<Image>): void {
  entityKinds.push(kind);
}

/** A picture, and what is remembered to draw the next one with less work. */
export interface Projection {
  readonly image: ClusterImage;
  readonly drawn: ReadonlyMap<string, ReadonlyMap<string, Drawn>>;
  readonly wiring: readonly unknown[];
}

/** What a picture has before the part for RabbitMQ has come: always the same, so that nothing changes when it comes. */
const withoutAmqp = { exchanges: new Map<string, never>(), queues: new Map<string, never>(), receivers: new Map<string, never>(), columns: new Map<string, never>() };

interface Drawn {
  readonly stamp: readonly unknown[];
  readonly image: unknown;
}

/** The whole read model of a world, now. */
export function projectCluster(cluster: Cluster): ClusterImage {
  return { ...project(cluster, null).image, messages: messagesInFlight(cluster) };
}

/**
 * The read model of a world as a frame has it: without messages, which go another way. Entities that are as they were in an earlier picture
 * are the very same objects, and so are lists of entities in which nothing has changed. Where `looks` is given, records are drawn only of
 * what it names.
 */
export function project(cluster: Cluster, before: Projection | null, looks: Looks | null = null): Projection {
  const { topology, watch, nowUs, eventCount } = cluster;
  const scene = sceneOf(cluster, looks);
  const wiring = [topology, cluster.wiring];
  const isRewired = !before || !isSame(before.wiring, wiring);
  const drawn = new Map(entityKinds.map((kind) => [kind.field, drawAll(kind, scene, before?.drawn.get(kind.field), isRewired)]));
  const entities = Object.fromEntries([...drawn].map(([field, ofKind]) => [field, imagesOf(ofKind, before?.image[field as keyof ClusterImage])]));
  const mode = deliveryMode(topology);
  const rest = {
    clock: { timeUs: nowUs, eventCount, mode, modes: deliveryModes(topology, mode), network: topology.network },
    messages: [],
    ...withoutAmqp,
    isAmqpUp: topology.amqp?.isUp ?? null,
    missingTopics: missingTopics(topology),
    goingTopics: [...watch.actual.metadata.topics.keys()].filter((name) => topicState(cluster, name) === "going"),
    narration: narrate(cluster),
    limitsReached: [...watch.limitsReached].map(([limit, value]) => ({ limit, value })),
  };
  return { image: { ...rest, ...entities } as unknown as ClusterImage, drawn, wiring }; // each field by its own kind
}

function drawAll(kind: EntityKind<unknown>, scene: Scene, known: ReadonlyMap<string, Drawn> | undefined, isRewired: boolean): Map<string, Drawn> {
  const drawn = new Map<string, Drawn>();
  for (const id of kind.ids(scene)) {
    const stamp = kind.stamp(scene, id);
    const before = known?.get(id);
    if (before && !isRewired && isSame(before.stamp, stamp)) {
      drawn.set(id, before);
      continue;
    }
    const image = kind.project(scene, id, isRewired ? null : (before?.image ?? null));
    // The wiring is stamped for all, and most are drawn as they were.
    drawn.set(id, { stamp, image: before && isRewired && isAlike(before.image, image) ? before.image : image });
  }
  return drawn;
}

/** The images that there are; the same list as before where each is the same, and in its place. */
function imagesOf(drawn: ReadonlyMap<string, Drawn>, before: unknown): ReadonlyMap<string, unknown> {
  const images = new Map<string, unknown>();
  for (const [id, { image }] of drawn) if (image !== null) images.set(id, image);
  return before instanceof Map && isSameMap(before, images) ? before : images;
}

function isSameMap(one: ReadonlyMap<unknown, unknown>, other: ReadonlyMap<unknown, unknown>): boolean {
  if (one.size !== other.size) return false;
  const others = other.entries();
  for (const [key, value] of one) {
    const [otherKey, otherValue] = others.next().value as [unknown, unknown]; // there are as many
    if (key !== otherKey || value !== otherValue) return false;
  }
  return true;
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (!Object.is(one[at], other[at])) return false;
  return true;
}
