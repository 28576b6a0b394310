import { freezeBy, partsOf } from "./share";

/** For tests: whether `share` freezes all the way down, which takes several times as long. */
export function freezeShared(isOn: boolean): void {
  freezeBy(isOn ? freezeAll : Object.freeze);
}

function freezeAll<Value extends object>(value: Value): Readonly<Value> {
  freezeDeeply(value);
  return Object.freeze(value);
}

const deeplyFrozen = new WeakSet<object>();

function freezeDeeply(value: object): void {
  if (deeplyFrozen.has(value) || ArrayBuffer.isView(value)) return;
  deeplyFrozen.add(value);
  for (const part of partsOf(value)) if (typeof part === "object" && part !== null) freezeDeeply(part);
  if (value instanceof Map || value instanceof Set) forbidChanges(value);
  Object.freeze(value);
}

/** Freezing an object does not reach what a Map or a Set holds. */
function forbidChanges(value: Map<unknown, unknown> | Set<unknown>): void {
  const refuse = (): never => {
    throw new TypeError("what is shared cannot be changed");
  };
  for (const name of ["set", "add", "delete", "clear"]) Object.defineProperty(value, name, { value: refuse });
}
