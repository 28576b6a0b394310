/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * How a value stands in a link: as JSON without names, fields by their place and choices by their number. What `unpack` gives is of no
 * type yet: the schema looks at it. It throws for JSON that `pack` would not make.
 */
export interface Form<Value> {
  pack(value: Value): Json;
  unpack(json: Json): unknown;
}

/** A text, number, boolean or null, as it is. */
export function plain<Value extends Json>(): Form<Value> {
  return { pack: (value) => value, unpack: (json) => json };
}

export function list<Value>(form: Form<Value>): Form<readonly Value[]> {
  return { pack: (values) => values.map((value) => form.pack(value)), unpack: (json) => entries(json).map((entry) => form.unpack(entry)) };
}

/** An object whose fields stand one after the other, in the order of `forms`. */
export function fields<Value extends object>(forms: { readonly [Name in keyof Value]-?: Form<Value[Name]> }): Form<Value> {
  const names = Object.keys(forms) as (keyof Value & string)[]; // the object literal has exactly the fields of Value
  return {
    pack: (value) => names.map((name) => forms[name].pack(value[name])),
    unpack: (json) => {
      const packed = entries(json, names.length);
      const pairs = names.map((name, at) => [name, forms[name].unpack(packed[at] as Json)] as const);
      return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
    },
  };
}

/** A field that may be left out: 0, or its value in a list of one. */
export function optional<Value>(form: Form<Value>): Form<Value | undefined> {
  return {
    pack: (value) => (value === undefined ? 0 : [form.pack(value)]),
    unpack: (json) => (json === 0 ? undefined : form.unpack(entries(json, 1)[0] as Json)),
  };
}

/** One of a few words, by its number. Numbers are never given again. */
export function choice<Word extends string>(numbers: Readonly<Record<Word, number>>): Form<Word> {
  const words = new Map(Object.entries<number>(numbers).map(([word, number]) => [number, word]));
  return { pack: (word) => numbers[word], unpack: (json) => words.get(json as number) ?? misshapen() };
}

/** Objects told apart by a tag: the place of the tag's value in `forms`, and the other fields. New ones go to the end. */
export function variants<Tag extends string, Value extends Readonly<Record<Tag, string>>>(
  tag: Tag,
  forms: { readonly [Kind in Value[Tag]]: Form<Omit<Extract<Value, Readonly<Record<Tag, Kind>>>, Tag>> },
): Form<Value> {
  const kinds = Object.keys(forms) as Value[Tag][]; // the object literal has exactly these
  return {
    // The form under a value's own tag is the form of that value, which the type of `forms` says but the compiler cannot follow.
    pack: (value) => [kinds.indexOf(value[tag]), (forms[value[tag]] as Form<unknown>).pack(value)],
    unpack: (json) => {
      const [at, packed] = entries(json, 2);
      const kind = kinds[at as number] ?? misshapen();
      return { [tag]: kind, ...(forms[kind].unpack(packed as Json) as object) };
    },
  };
}

/** An object of any names, as one list of names and values in turn, in their order. */
export function byName<Value>(form: Form<Value>): Form<Readonly<Record<string, Value>>> {
  return {
    pack: (values) => Object.entries(values).flatMap(([name, value]) => [name, form.pack(value)]),
    unpack: (json) => {
      const packed = entries(json);
      const names = packed.filter((_entry, at) => at % 2 === 0);
      return Object.fromEntries(names.map((name, at) => [String(name), form.unpack(packed[at * 2 + 1] ?? misshapen())]));
    },
  };
}

export function misshapen(): never {
  throw new TypeError("not the form of this link's version");
}

/** The entries of a list, of exactly `count` if that is given. */
export function entries(json: Json, count?: number): readonly Json[] {
  if (!Array.isArray(json) || (count !== undefined && json.length !== count)) misshapen();
  return json as readonly Json[];
}
