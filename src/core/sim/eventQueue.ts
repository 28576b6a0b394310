/**
 * Events ordered by (time, sequence): a binary heap over typed arrays. Two events at one moment run in the order they were scheduled.
 * Payloads are frozen, so that a checkpoint shares them.
 */
export interface EventQueue<Event> {
  size: number;
  nextSequence: number;
  /** Heap columns: virtual µs, sequence number, and slot in `payloads`. */
  times: Float64Array;
  sequences: Float64Array;
  slots: Int32Array;
  payloads: (Event | null)[];
  freeSlots: number[];
}

const INITIAL_CAPACITY = 64;

export function eventQueue<Event>(): EventQueue<Event> {
  return {
    size: 0,
    nextSequence: 0,
    times: new Float64Array(INITIAL_CAPACITY),
    sequences: new Float64Array(INITIAL_CAPACITY),
    slots: new Int32Array(INITIAL_CAPACITY),
    payloads: [],
    freeSlots: [],
  };
}

/** Schedules a frozen event at a virtual time in µs. */
export function schedule<Event>(queue: EventQueue<Event>, timeUs: number, event: Event): void {
  if (queue.size === queue.times.length) grow(queue);
  const slot = queue.freeSlots.pop() ?? queue.payloads.length;
  queue.payloads[slot] = event;
  let at = queue.size++;
  const sequence = queue.nextSequence++;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if ((queue.times[parent] as number) <= timeUs) break;
    move(queue, parent, at);
    at = parent;
  }
  queue.times[at] = timeUs;
  queue.sequences[at] = sequence;
  queue.slots[at] = slot;
}

/** Virtual time in µs of the next event, or Infinity. */
export function nextTimeUs<Event>(queue: EventQueue<Event>): number {
  return queue.size === 0 ? Infinity : (queue.times[0] as number);
}

/** Takes the next event out. Call only when there is one. */
export function takeNext<Event>(queue: EventQueue<Event>): Event {
  const slot = queue.slots[0] as number;
  const event = queue.payloads[slot] as Event;
  queue.payloads[slot] = null;
  queue.freeSlots.push(slot);
  const last = --queue.size;
  if (last > 0) sink(queue, last);
  return event;
}

/**
 * When the queue is full, takes out what is no longer wanted, so that cancelled timers do not pile up until their time comes; grows if that
 * freed less than half. The others keep their order.
 */
export function makeRoom<Event>(queue: EventQueue<Event>, isWanted: (event: Event) => boolean): void {
  if (queue.size < queue.times.length) return;
  const { times, sequences, slots, payloads } = queue;
  const wanted = Array.from(slots, (slot, at) => ({ timeUs: times[at] as number, sequence: sequences[at] as number, event: payloads[slot] as Event }))
    .filter(({ event }) => isWanted(event))
    .sort((one, other) => one.timeUs - other.timeUs || one.sequence - other.sequence);
  // What is sorted is a heap.
  wanted.forEach(({ timeUs, sequence }, at) => {
    times[at] = timeUs;
    sequences[at] = sequence;
    slots[at] = at;
  });
  queue.size = wanted.length;
  queue.payloads = wanted.map(({ event }) => event);
  queue.freeSlots = [];
  if (queue.size * 2 > times.length) grow(queue);
}

/** Every scheduled event, in no particular order. */
export function* pendingEvents<Event>(queue: EventQueue<Event>): Generator<Event> {
  for (let at = 0; at < queue.size; at++) yield queue.payloads[queue.slots[at] as number] as Event;
}

/** Moves the entry at `last` down from the root to its place. */
function sink<Event>(queue: EventQueue<Event>, last: number): void {
  const { times, sequences, slots } = queue;
  const timeUs = times[last] as number;
  const sequence = sequences[last] as number;
  const slot = slots[last] as number;
  let at = 0;
  for (let child = 1; child < last; child = at * 2 + 1) {
    if (child + 1 < last && isBefore(queue, child + 1, child)) child++;
    const childTimeUs = times[child] as number;
    if (timeUs < childTimeUs || (timeUs === childTimeUs && sequence < (sequences[child] as number))) break;
    move(queue, child, at);
    at = child;
  }
  times[at] = timeUs;
  sequences[at] = sequence;
  slots[at] = slot;
}

function isBefore<Event>(queue: EventQueue<Event>, one: number, other: number): boolean {
  const difference = (queue.times[one] as number) - (queue.times[other] as number);
  return difference < 0 || (difference === 0 && (queue.sequences[one] as number) < (queue.sequences[other] as number));
}

function move<Event>(queue: EventQueue<Event>, from: number, to: number): void {
  queue.times[to] = queue.times[from] as number;
  queue.sequences[to] = queue.sequences[from] as number;
  queue.slots[to] = queue.slots[from] as number;
}

function grow<Event>(queue: EventQueue<Event>): void {
  const capacity = queue.times.length * 2;
  const times = new Float64Array(capacity);
  const sequences = new Float64Array(capacity);
  const slots = new Int32Array(capacity);
  times.set(queue.times);
  sequences.set(queue.sequences);
  slots.set(queue.slots);
  Object.assign(queue, { times, sequences, slots });
}
