/**
 * Makes plain data a value that copies of a world share: from here on nobody changes it, all the way down. `clone` copies everything else.
 * Only the outermost object is frozen, because whoever shares owns what is inside; with `freezeShared` on, as in some tests,
 * all of it is, so that a hand that still changes it throws.
 */
export function share<Value extends object>(value: Value): Readonly<Value> {
  return freeze(value);
}

/**
 * What is as frequent as messages is left as it is, for freezing takes its time: copies of a world copy it. Nobody changes it either: where
 * all of what is shared is frozen, this is, too.
 */
export function guard<Value extends object>(value: Value): Readonly<Value> {
  return freeze === Object.freeze ? value : freeze(value);
}

type Freeze = <Value extends object>(value: Value) => Readonly<Value>;

let freeze: Freeze = Object.freeze;

/** How `share` freezes from now on. It belongs to no world, and changes none. */
export function freezeBy(by: Freeze): void {
  freeze = by;
}

export function isShared(value: object): boolean {
  return Object.isFrozen(value);
}

/** Which of a world's objects are shared, in the order of a walk through it: frozenness is lost where a world is kept or sent. */
export function sharedMarks(world: object): Uint32Array {
  const marks: number[] = [];
  walk(world, (value, at) => {
    if (isShared(value)) marks.push(at);
    return isShared(value);
  });
  return Uint32Array.from(marks);
}

/** Shares again what was shared when the marks were made, in a world that is otherwise the same. */
export function shareAgain(world: object, marks: Uint32Array): void {
  const marked = new Set(marks);
  walk(world, (value, at) => {
    if (!marked.has(at)) return false;
    share(value);
    return true;
  });
}

/** Visits every object, from the outside in, by number; not what lies in one for which `visit` returns true. */
function walk(world: object, visit: (value: object, at: number) => boolean): void {
  let count = 0;
  const go = (value: unknown): void => {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || visit(value, count++)) return;
    for (const part of value instanceof Map || value instanceof Set ? partsOf(value) : Object.values(value)) go(part);
  };
  go(world);
}

/** What an object holds; a field that is read only when somebody looks is left alone. */
export function* partsOf(value: object): Generator<unknown> {
  if (value instanceof Map) for (const [key, entry] of value) yield* [key, entry];
  else if (value instanceof Set || Array.isArray(value)) yield* value;
  else for (const { value: part } of Object.values(Object.getOwnPropertyDescriptors(value))) yield part;
}
