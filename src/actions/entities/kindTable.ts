import { create } from "zustand";
import type { ClusterImage } from "../../core/picture/image";
import type { Selection } from "../../store/topiqStore";
import type { EntityKind, KindAddition } from "./entityKind";

interface KindTable {
  readonly kinds: ReadonlyMap<string, EntityKind>;
  readonly later: LaterKinds | null;
  /** What is offered of later kinds, also once they are there. */
  readonly more: readonly KindOffer[];
}

/** Kinds that come when they are needed first: the table with them, and what is said of them before. */
export interface LaterKinds {
  readonly offers: readonly KindOffer[];
  /** Whether a picture has something of them. */
  isNeeded(image: ClusterImage): boolean;
  /** All kinds, with these among them. */
  load(): Promise<readonly EntityKind[]>;
}

/** A kind of which one can be added. */
export interface KindOffer extends Pick<EntityKind, "name" | "icon">, Pick<KindAddition, "word" | "label"> {}

const useTable = create<KindTable>(() => ({ kinds: new Map(), later: null, more: [] }));
const followers: ((kinds: readonly EntityKind[]) => Promise<void>)[] = [];

/** Says which kinds of entities there are, in the order of the canvas: `src/entities/entityKinds.ts` is the page's list. */
export function fillKinds(kinds: readonly EntityKind[], later: LaterKinds | null = null): void {
  useTable.setState({ kinds: new Map(kinds.map((kind) => [kind.name, kind])), later, ...(later && { more: later.offers }) });
}

/** Puts the later kinds into the table, once what follows it is ready for them. Rejects where they cannot be loaded. */
export async function loadLaterKinds(): Promise<void> {
  const { later } = useTable.getState();
  if (!later) return;
  const kinds = await later.load();
  for (const follow of followers) await follow(kinds);
  fillKinds(kinds);
}

/** Whether a picture has something of kinds that are not there yet. */
export function lacksKinds(image: ClusterImage): boolean {
  return useTable.getState().later?.isNeeded(image) === true;
}

/** `follow` is told the kinds before there are more of them. */
export function followKinds(follow: (kinds: readonly EntityKind[]) => Promise<void>): void {
  followers.push(follow);
}

/** The table, followed: whoever draws by it draws anew when it grows. */
export function useKindTable(): unknown {
  return useTable();
}

/** All kinds, in the order in which records go from one to the next. */
export function allKinds(): readonly EntityKind[] {
  return [...useTable.getState().kinds.values()];
}

/** What can be added: those that stand on the toolbar, and those that come later. */
export function kindOffers(): { readonly first: readonly KindOffer[]; readonly more: readonly KindOffer[] } {
  const { more } = useTable.getState();
  const first = allKinds().flatMap(({ name, icon, addition }) => (addition && !more.some((offer) => offer.name === name) ? [{ name, icon, word: addition.word, label: addition.label }] : []));
  return { first, more };
}

/** What is looked at while nothing is selected; null in an empty scene. */
export function homeIn(image: ClusterImage): Selection | null {
  return allKinds().reduce<Selection | null>((found, kind) => found ?? kind.home?.(image) ?? null, null);
}

export function kindNamed(name: string): EntityKind | undefined {
  return useTable.getState().kinds.get(name);
}

/** The entities of a kind by their ids. */
export function entitiesOf(image: ClusterImage, { field }: Pick<EntityKind, "field">): ReadonlyMap<string, unknown> {
  // An entry names a field of entities, and those are Maps; an image from before the kind has none.
  return ((image as unknown as Record<string, unknown>)[field] as ReadonlyMap<string, unknown> | undefined) ?? new Map();
}
