import { type IDBPDatabase, openDB } from "idb";

/** What a page of a released version had kept, read from its database by a browser; it opens for ever. */
export interface KeptDatabase {
  readonly version: number;
  /** The virtual moment that was shown last, µs. */
  readonly shownUs: number;
  readonly stores: Readonly<Record<string, readonly (readonly [key: unknown, value: unknown])[]>>;
}

/** Reads the file of a kept database: JSON, gzip. */
export async function readKeptDatabase(file: Uint8Array<ArrayBuffer>): Promise<KeptDatabase> {
  const text = await new Response(new Blob([file]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  return revive(JSON.parse(text)) as KeptDatabase; // such a file is all that is read here
}

/** Puts a kept database into this environment's IndexedDB under another name, as it was. */
export async function restoreDatabase({ version, stores }: KeptDatabase, name: string): Promise<void> {
  const database = await openDB(name, version, {
    upgrade: (made) => {
      for (const store of Object.keys(stores)) made.createObjectStore(store);
    },
  });
  for (const [store, rows] of Object.entries(stores)) for (const [key, value] of rows) await database.put(store, value, key as IDBValidKey);
  database.close();
}

/** Changes rows of a database behind the page's back. */
export async function tamper(name: string, change: (database: IDBPDatabase) => Promise<unknown>): Promise<void> {
  const database = await openDB(name);
  await change(database);
  database.close();
}

const views = { Uint8Array, Uint16Array, Uint32Array, Int8Array, Int16Array, Int32Array, Float32Array, Float64Array };

/** JSON with what JSON has not, tagged by `$`: Maps, Sets, typed arrays, undefined, numbers that are none. */
function revive(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(revive);
  const { $: tag, entries, base64, text } = value as { readonly $?: string; readonly entries?: readonly unknown[]; readonly base64?: string; readonly text?: string };
  if (tag === undefined) return Object.fromEntries(Object.entries(value).map(([field, entry]) => [field, revive(entry)]));
  if (tag === "Map") return new Map((entries ?? []).map(revive) as [unknown, unknown][]);
  if (tag === "Set") return new Set((entries ?? []).map(revive));
  if (tag === "undefined") return undefined;
  if (tag === "number") return Number(text);
  const bytes = Uint8Array.from(atob(base64 ?? ""), (letter) => letter.charCodeAt(0));
  return new views[tag as keyof typeof views](bytes.buffer);
}
