import type { QueuedMessage } from "./queuedMessage";

/**
 * The messages that a queue can send now, in their order: those of a higher priority first, and within one by place. What comes back goes to
 * the place it had (`rabbit_variable_queue`, `rabbit_priority_queue`).
 */
export interface Ready {
  count: number;
  /** UTF-8 bytes of the bodies. */
  bytes: number;
  /** By priority, lowest first. */
  readonly lines: Line[];
}

/** A list whose taken front is cut off once it is long: taking from the front then costs nothing. */
interface Line {
  items: QueuedMessage[];
  /** Items before this one are taken. */
  from: number;
}

const MOST_TAKEN = 256;

export function emptyReady(maxPriority: number): Ready {
  return { count: 0, bytes: 0, lines: Array.from({ length: maxPriority + 1 }, () => ({ items: [], from: 0 })) };
}

/** The next one to be sent, or undefined. */
export function head({ count, lines }: Ready): QueuedMessage | undefined {
  if (count === 0) return undefined;
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at];
    if (line && line.from < line.items.length) return line.items[line.from];
  }
  return undefined;
}

/** Takes the next one out. */
export function takeHead(ready: Ready): QueuedMessage | undefined {
  const message = head(ready);
  const line = message && ready.lines[message.priority];
  if (!line) return undefined;
  line.from++;
  if (line.from > MOST_TAKEN && line.from * 2 > line.items.length) {
    line.items = line.items.slice(line.from);
    line.from = 0;
  }
  ready.count--;
  ready.bytes -= message.content.sizeInBytes;
  return message;
}

/** Takes a message out, wherever it stands. Returns whether it was there. */
export function takeOut(ready: Ready, { priority, place }: QueuedMessage): boolean {
  if (head(ready)?.place === place) return takeHead(ready) !== undefined;
  const line = ready.lines[priority];
  const at = line?.items.findIndex((each, index) => index >= line.from && each.place === place) ?? -1;
  if (!line || at < 0) return false;
  const [message] = line.items.splice(at, 1);
  ready.count--;
  ready.bytes -= message?.content.sizeInBytes ?? 0;
  return true;
}

/** Puts a message in at its place. */
export function insert(ready: Ready, message: QueuedMessage): void {
  const line = ready.lines[message.priority];
  if (!line) throw new Error(`there is no priority ${message.priority}`);
  const { items, from } = line;
  let low = from;
  let high = items.length;
  // What is new goes to the end, and most of what comes back to the front.
  if (high > low && (items[high - 1] as QueuedMessage).place < message.place) low = high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as QueuedMessage).place < message.place) low = middle + 1;
    else high = middle;
  }
  if (low === items.length) items.push(message);
  else if (low === from && from > 0) items[--line.from] = message;
  else items.splice(low, 0, message);
  ready.count++;
  ready.bytes += message.content.sizeInBytes;
}

/** All of them, in their order. */
export function* readyMessages({ lines }: Ready): Generator<QueuedMessage> {
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at];
    for (let index = line?.from ?? 0; index < (line?.items.length ?? 0); index++) yield line?.items[index] as QueuedMessage;
  }
}

/** Takes all out. */
export function takeAll(ready: Ready): QueuedMessage[] {
  const all = [...readyMessages(ready)];
  for (const line of ready.lines) Object.assign(line, { items: [], from: 0 });
  Object.assign(ready, { count: 0, bytes: 0 });
  return all;
}
