import { allKinds, lacksKinds } from "../../actions/entities/kindTable";
import type { ClusterImage } from "../../core/picture/image";
import type { EntityName } from "../../scenario/scenario";

/**
 * What decides the picture's shape: who exists, who is wired to whom. Figures that change with every frame are left out, so that the
 * layout and the wires are computed again only when something was added, removed, connected or assigned. A kind of entity that is not
 * named here has its shapes under its own field: `shapesOf`.
 */
export interface SceneStructure {
  readonly producers: readonly ProducerShape[];
  readonly topics: readonly TopicShape[];
  readonly groups: readonly GroupShape[];
  readonly exchanges: readonly ExchangeShape[];
  readonly queues: readonly QueueShape[];
  readonly receivers: readonly ReceiverShape[];
  /** There is room for words over what could be mistaken for each other. */
  readonly isCaptioned: boolean;
  /** What is left out for want of room. */
  readonly hidden: HiddenParts;
}

export interface HiddenParts {
  readonly topics: number;
  readonly groups: number;
  readonly lanes: number;
  readonly queues: number;
}

/** Whether anything is. */
export function isAnyHidden({ hidden }: SceneStructure): boolean {
  return hidden.topics > 0 || hidden.groups > 0 || hidden.lanes > 0 || hidden.queues > 0;
}

export interface ProducerShape {
  readonly id: string;
  readonly actor: number;
  readonly topics: readonly string[];
  /** Queues and exchanges to which its application publishes, too. */
  readonly published: readonly EntityName[];
  /** Which part of the Java client's partitioner its records meet: the key's hash, or the sticky choice for records without keys. */
  readonly partitioner: "keyed" | "sticky";
}

export interface TopicShape {
  /** Its name. */
  readonly id: string;
  readonly index: number;
  /** None where there is no such topic: it is only named by who sends to it or subscribes to it. */
  readonly partitions: number;
  /** How many it is to have; the brokers may not have heard of it yet. */
  readonly asked: number;
  readonly isMissing: boolean;
  /** Nobody wants it any more, and the brokers may not have heard of that yet. */
  readonly isGoing: boolean;
  /** The partitions that are drawn, in order. */
  readonly lanes: readonly number[];
  /** Those of them that are drawn as thin rows. */
  readonly thin: readonly number[];
  /** Drawn as one line, in which all its lanes end. */
  readonly isFolded: boolean;
  /** All groups share one track under each lane. */
  readonly isMerged: boolean;
  /** Groups with a track under each lane, in the order of their letters. */
  readonly tracks: readonly string[];
  /** Digits of the longest offset, at least 2: cells are as wide as their numbers need. */
  readonly digits: number;
}

export interface GroupShape {
  readonly id: string;
  readonly letter: number;
  readonly topics: readonly string[];
  readonly members: readonly MemberShape[];
  /** How it is drawn: its members as cards, as lines, or all of it as one row, of two lines or of one. */
  readonly shape: "cards" | "lines" | "row" | "shortRow";
}

/** Drawn without its members. */
export function isRow({ shape }: GroupShape): boolean {
  return shape === "row" || shape === "shortRow";
}

export interface MemberShape {
  readonly id: string;
  readonly actor: number;
  /** Topics to which its program sends records on. */
  readonly sendsTo: readonly string[];
  readonly owned: readonly { readonly topic: string; readonly partition: number }[];
}

export interface ExchangeShape {
  readonly id: string;
  readonly index: number;
  /** The queues that it leads to, of those that are drawn. */
  readonly queues: readonly string[];
}

export interface QueueShape {
  readonly id: string;
  readonly index: number;
  /** The exchanges that lead to it. */
  readonly exchanges: readonly string[];
  /** It stands behind the first of them. */
  readonly isBehind: boolean;
  /** Drawn with its head above its messages, or both in one line. */
  readonly form: "whole" | "slim";
  /** The queue that its dead letters go to, where that is drawn as a row of it. */
  readonly folded: string | null;
  /** The queue or exchange that they go to, where that is drawn by itself. */
  readonly deadLetters: EntityName | null;
}

export interface ReceiverShape {
  readonly id: string;
  readonly actor: number;
  readonly queue: string;
  /** Of those that receive from its queue. */
  readonly isFirst: boolean;
  readonly isLine: boolean;
}

/** Whether topics and queues stand side by side, and so are told apart in words. */
export function isCompared({ topics, queues }: SceneStructure): boolean {
  return topics.length > 0 && queues.length > 0;
}

/** Reads the structure out of an image, each kind its own shapes; nothing while it has something of kinds that are still to come. */
export function readStructure(image: ClusterImage): SceneStructure {
  if (lacksKinds(image)) return emptyStructure;
  const shapes = allKinds().map(({ field, node }) => [field, node.read?.(image) ?? []] as const);
  return { ...emptyStructure, ...Object.fromEntries(shapes) };
}

/** The shapes of one kind. */
export function shapesOf(structure: SceneStructure, field: string): readonly { readonly id: string }[] {
  // `readStructure` has put every kind's shapes under its field.
  return (structure as unknown as Readonly<Record<string, readonly { readonly id: string }[]>>)[field] ?? [];
}

export const emptyStructure: SceneStructure = { producers: [], topics: [], groups: [], exchanges: [], queues: [], receivers: [], isCaptioned: true, hidden: { topics: 0, groups: 0, lanes: 0, queues: 0 } };
