import { invalid, newer, placeIn, refuse } from "../problem";
import { entriesAt, objectAt } from "./collections";
import type { Json, Kind } from "./kind";

/** A field of a record: its number in links, its kind, and what its absence means. */
export interface Field<Value> {
  readonly number: number;
  readonly kind: Kind<Value>;
  readonly absence: { readonly means: "default"; readonly value: Value } | { readonly means: "missing" | "nothing" };
}

type Fields<Value> = { readonly [Name in keyof Value]-?: Field<Exclude<Value[Name], undefined>> };

/** A field that must be there. */
export function required<Value>(number: number, kind: Kind<Value>): Field<Value> {
  return { number, kind, absence: { means: "missing" } };
}

/** A field that has this default when it is left out, in documents as in links. A default never changes: old links leave it out. */
export function defaulted<Value>(number: number, kind: Kind<Value>, value: NoInfer<Value>): Field<Value> {
  return { number, kind, absence: { means: "default", value } };
}

/** A field that may be absent, which is not the same as any value. */
export function optional<Value>(number: number, kind: Kind<Value>): Field<Value> {
  return { number, kind, absence: { means: "nothing" } };
}

/** As `Kind`; every packed record is a list. Its fields may lie in something larger, which is not copied for that: a link may hold many. */
export interface RecordKind<Value> extends Kind<Value> {
  pack(value: Value): readonly Json[];
  unpack(json: Json, path: string): object;
  /** Reads the fields of `given`, in which `tag` is somebody else's, into `made`. */
  readInto(made: Record<string, unknown>, given: Readonly<Record<string, unknown>>, path: string, tag: string | null): void;
  /** Unpacks the fields that begin at `from` into `made`. */
  unpackInto(made: Record<string, unknown>, turns: readonly Json[], from: number, path: string): void;
}

/**
 * An object with these fields. In a link it is a list of field numbers and values in turn, `[number, value, number, value, ...]`, numbers
 * rising, without the fields that have their default. So a form grows: a new field takes a new number and a default, links without it open
 * as before, and a page that does not know a number says so. The number of a field that is gone is never given again.
 */
export function record<Value extends object>(fields: Fields<Value>): RecordKind<Value> {
  const all = Object.entries<Field<unknown>>(fields);
  const packedDefaults = new Map(all.flatMap(([name, { kind, absence }]) => (absence.means === "default" ? [[name, kind.pack(absence.value)]] : [])));
  const rising = all.toSorted(([, one], [, other]) => one.number - other.number);
  const byNumber = new Map<Json, [string, Field<unknown>]>(all.map((entry) => [entry[1].number, entry]));
  if (byNumber.size < all.length) throw new Error("a field's number is given twice");
  const readInto: RecordKind<Value>["readInto"] = (made, given, path, tag) => {
    for (const name of Object.keys(given)) if (name !== tag && !Object.hasOwn(fields, name)) refuse(newer(placeIn(path, name), "unknownField"));
    for (const [name, field] of all) readField(made, name, field, Object.hasOwn(given, name) ? given[name] : undefined, path);
  };
  const unpackInto: RecordKind<Value>["unpackInto"] = (made, turns, from, path) => {
    for (let at = from; at < turns.length; at += 2) {
      const number = turns[at];
      const isNext = isNumber(number) && number > (at === from ? 0 : (turns[at - 2] as number)); // it was looked at in its turn
      if (!isNext || at + 1 === turns.length) return refuse(invalid(path, "type", { expected: "Object" }));
      const [name, field] = byNumber.get(number) ?? refuse(newer(placeIn(path, number), "unknownField"));
      made[name] = field.kind.unpack(turns[at + 1] as Json, placeIn(path, name)); // an entry of JSON
    }
  };
  return {
    readInto,
    unpackInto,
    read: (value, path) => {
      const made: Record<string, unknown> = {};
      readInto(made, objectAt(value, path), path, null);
      return made as Value; // it has all its fields, each of its kind
    },
    pack: (value) =>
      rising.flatMap(([name, { number, kind }]) => {
        const part = value[name as keyof Value]; // a name out of `fields`
        const packed = part === undefined ? undefined : kind.pack(part);
        return packed === undefined || isSame(packed, packedDefaults.get(name)) ? [] : [number, packed];
      }),
    unpack: (json, path) => {
      const made: Record<string, unknown> = {};
      unpackInto(made, entriesAt(json, Infinity, path) as readonly Json[], 0, path); // entries of JSON
      return made;
    },
  };
}

type Variant<Number extends number, Value> = readonly [number: Number, kind: RecordKind<Value>];

/** As `Kind`; another variant may come with a chunk that is loaded later. */
export interface Variants<Value> extends Kind<Value> {
  add(name: string, number: number, kind: RecordKind<object>): void;
}

/**
 * Objects told apart by a tag. In a link, a list that begins with the number of the tag's value and goes on as the record of the other
 * fields. These numbers, too, are never given again.
 */
export function variants<Tag extends string, Value extends Readonly<Record<Tag, string>>>(
  tag: Tag,
  table: { readonly [Name in Value[Tag]]: Variant<number, Omit<Extract<Value, Readonly<Record<Tag, Name>>>, Tag>> },
): Variants<Value> {
  const all = new Map<string, Variant<number, object>>();
  const byNumber = new Map<Json, [string, Variant<number, object>]>();
  const add: Variants<Value>["add"] = (name, number, kind) => {
    if (all.has(name) || byNumber.has(number)) throw new Error("a variant's number is given twice");
    all.set(name, [number, kind]);
    byNumber.set(number, [name, [number, kind]]);
  };
  for (const [name, [number, kind]] of Object.entries<Variant<number, object>>(table)) add(name, number, kind);
  return {
    add,
    read: (value, path) => {
      const given = objectAt(value, path);
      const name = Object.hasOwn(given, tag) ? given[tag] : undefined;
      const variant = typeof name === "string" ? all.get(name) : undefined;
      if (variant === undefined) return refuse(invalid(placeIn(path, tag), "choice", { allowed: [...all.keys()].join(", ") }));
      const made: Record<string, unknown> = { [tag]: name };
      variant[1].readInto(made, given, path, tag);
      return made as Value; // it has the fields that go with this tag
    },
    pack: (value) => {
      const [number, kind] = all.get(value[tag]) as Variant<number, object>; // `table` has every tag
      return [number, ...kind.pack(value)];
    },
    unpack: (json, path) => {
      const turns = entriesAt(json, Infinity, path) as readonly Json[]; // entries of JSON
      const [number] = turns;
      if (!isNumber(number)) return refuse(invalid(path, "type", { expected: "Object" }));
      const [name, [, kind]] = byNumber.get(number) ?? refuse(newer(placeIn(path, number), "choice"));
      const made: Record<string, unknown> = { [tag]: name };
      kind.unpackInto(made, turns, 1, path);
      return made;
    },
  };
}

function readField(made: Record<string, unknown>, name: string, { kind, absence }: Field<unknown>, value: unknown, path: string): void {
  if (value !== undefined) made[name] = kind.read(value, placeIn(path, name));
  else if (absence.means === "default") made[name] = absence.value;
  else if (absence.means === "missing") refuse(invalid(placeIn(path, name), "missing"));
}

/** Of a field or a variant. */
function isNumber(json: Json | undefined): json is number {
  return Number.isSafeInteger(json) && Number(json) > 0;
}

function isSame(one: Json, other: Json | undefined): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((entry, at) => isSame(entry, other[at]));
}
