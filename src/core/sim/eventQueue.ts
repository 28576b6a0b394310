/**
 * Events ordered by (time, sequence): a binary heap over typed arrays. Two events at one moment run in the order in which they were scheduled.
 * An event has a slot as long as it is scheduled, by which it can be moved to another time or taken out.
 */
export interface EventQueue<Event> {
  size: number;
  nextSequence: number;
  /** Heap columns: virtual µs, sequence number, and slot. */
  times: Float64Array;
  sequences: Float64Array;
  slots: Int32Array;
  /** By slot: where in the heap it is, and the event. */
  places: Int32Array;
  events: (Event | null)[];
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
    places: new Int32Array(INITIAL_CAPACITY),
    events: [],
    freeSlots: [],
  };
}

/** Schedules an event at a virtual time in µs; returns its slot. */
export function schedule<Event>(queue: EventQueue<Event>, timeUs: number, event: Event): number {
  if (queue.size === queue.times.length) grow(queue);
  const slot = queue.freeSlots.pop() ?? queue.events.length;
  queue.events[slot] = event;
  rise(queue, queue.size++, timeUs, queue.nextSequence++, slot);
  return slot;
}

/** Moves a scheduled event to another virtual time in µs, behind all that are scheduled there already. */
export function reschedule<Event>(queue: EventQueue<Event>, slot: number, timeUs: number): void {
  const at = queue.places[slot] as number;
  const sequence = queue.nextSequence++;
  if (timeUs < (queue.times[at] as number)) rise(queue, at, timeUs, sequence, slot);
  else sink(queue, at, timeUs, sequence, slot);
}

/** Takes a scheduled event out. */
export function unschedule<Event>(queue: EventQueue<Event>, slot: number): void {
  removeAt(queue, queue.places[slot] as number, slot);
}

/** Virtual time in µs of the next event, or Infinity. */
export function nextTimeUs<Event>(queue: EventQueue<Event>): number {
  return queue.size === 0 ? Infinity : (queue.times[0] as number);
}

/** Takes the next event out. Call only when there is one. */
export function takeNext<Event>(queue: EventQueue<Event>): Event {
  const slot = queue.slots[0] as number;
  const event = queue.events[slot] as Event;
  removeAt(queue, 0, slot);
  return event;
}

/** Every scheduled event, in no particular order. */
export function* pendingEvents<Event>(queue: EventQueue<Event>): Generator<Event> {
  for (let at = 0; at < queue.size; at++) yield queue.events[queue.slots[at] as number] as Event;
}

/** Puts the last one in the place of one that goes. */
function removeAt<Event>(queue: EventQueue<Event>, at: number, slot: number): void {
  queue.events[slot] = null;
  queue.freeSlots.push(slot);
  const last = --queue.size;
  if (at === last) return;
  const timeUs = queue.times[last] as number;
  const sequence = queue.sequences[last] as number;
  const moved = queue.slots[last] as number;
  if (at > 0 && isBefore(queue, last, (at - 1) >> 1)) rise(queue, at, timeUs, sequence, moved);
  else sink(queue, at, timeUs, sequence, moved);
}

/** Fills a place with an entry, or one above it with those between moved down. */
function rise<Event>(queue: EventQueue<Event>, place: number, timeUs: number, sequence: number, slot: number): void {
  const { times, sequences } = queue;
  let at = place;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const parentUs = times[parent] as number;
    if (parentUs < timeUs || (parentUs === timeUs && (sequences[parent] as number) < sequence)) break;
    move(queue, parent, at);
    at = parent;
  }
  put(queue, at, timeUs, sequence, slot);
}

/** Fills a place with an entry, or one below it with those between moved up. */
function sink<Event>(queue: EventQueue<Event>, place: number, timeUs: number, sequence: number, slot: number): void {
  const { times, sequences, size } = queue;
  let at = place;
  for (let child = at * 2 + 1; child < size; child = at * 2 + 1) {
    if (child + 1 < size && isBefore(queue, child + 1, child)) child++;
    const childUs = times[child] as number;
    if (timeUs < childUs || (timeUs === childUs && sequence < (sequences[child] as number))) break;
    move(queue, child, at);
    at = child;
  }
  put(queue, at, timeUs, sequence, slot);
}

function isBefore<Event>({ times, sequences }: EventQueue<Event>, one: number, other: number): boolean {
  const difference = (times[one] as number) - (times[other] as number);
  return difference < 0 || (difference === 0 && (sequences[one] as number) < (sequences[other] as number));
}

function move<Event>({ times, sequences, slots, places }: EventQueue<Event>, from: number, to: number): void {
  const slot = slots[from] as number;
  times[to] = times[from] as number;
  sequences[to] = sequences[from] as number;
  slots[to] = slot;
  places[slot] = to;
}

function put<Event>({ times, sequences, slots, places }: EventQueue<Event>, at: number, timeUs: number, sequence: number, slot: number): void {
  times[at] = timeUs;
  sequences[at] = sequence;
  slots[at] = slot;
  places[slot] = at;
}

function grow<Event>(queue: EventQueue<Event>): void {
  const capacity = queue.times.length * 2;
  const times = new Float64Array(capacity);
  const sequences = new Float64Array(capacity);
  const slots = new Int32Array(capacity);
  const places = new Int32Array(capacity);
  times.set(queue.times);
  sequences.set(queue.sequences);
  slots.set(queue.slots);
  places.set(queue.places);
  Object.assign(queue, { times, sequences, slots, places });
}
