import { invalid, placeIn, refuse } from "../problem";
import type { Json, Kind } from "./kind";

/** A list of `least` to `most` entries. They are counted before the first of them is looked at. */
export function list<Value>(kind: Kind<Value>, most: number, least = 0): Kind<readonly Value[]> {
  return {
    read: (value, path) => {
      const entries = entriesAt(value, most, path);
      if (entries.length < least) return refuse(invalid(path, "empty"));
      return Array.from(entries, (entry, at) => kind.read(entry, placeIn(path, at)));
    },
    pack: (values) => values.map((value) => kind.pack(value)),
    unpack: (json, path) => entriesAt(json, most, path).map((entry, at) => kind.unpack(entry as Json, placeIn(path, at))), // entries of JSON
  };
}

/**
 * Values by name, in the order in which the names were given; in a link names and values in turn. Any text may be a name, `__proto__` and
 * `constructor` too: what must not be is for `name` to say, never lost.
 */
export function byName<Value>(name: Kind<string>, kind: Kind<Value>, most: number): Kind<Readonly<Record<string, Value>>> {
  return {
    read: (value, path) => {
      const given = objectAt(value, path);
      const names = Object.keys(given);
      if (names.length > most) return refuse(invalid(path, "tooMany", { max: most }));
      return Object.fromEntries(names.map((key) => [name.read(key, placeIn(path, key)), kind.read(given[key], placeIn(path, key))]));
    },
    pack: (values) => Object.entries(values).flatMap(([key, value]) => [key, kind.pack(value)]),
    unpack: (json, path) => {
      const turns = entriesAt(json, most * 2, path);
      const pairs: [string, unknown][] = [];
      for (let at = 0; at < turns.length; at += 2) {
        const key = turns[at];
        if (typeof key !== "string" || at + 1 === turns.length) return refuse(invalid(path, "type", { expected: "Object" }));
        pairs.push([key, kind.unpack(turns[at + 1] as Json, placeIn(path, key))]); // entries of JSON
      }
      const values = Object.fromEntries(pairs);
      return Object.keys(values).length === pairs.length ? values : refuse(invalid(path, "taken"));
    },
  };
}

export function entriesAt(value: unknown, most: number, path: string): readonly unknown[] {
  if (!Array.isArray(value)) return refuse(invalid(path, "type", { expected: "Array" }));
  return value.length <= most ? value : refuse(invalid(path, "tooMany", { max: most }));
}

export function objectAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(invalid(path, "type", { expected: "Object" }));
  return value as Readonly<Record<string, unknown>>; // any object, whose fields may be anything
}
