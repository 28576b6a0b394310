/** A small fast counter generator (sfc32, by Chris Doty-Humphrey, public domain algorithm) as plain data. */
export interface RandomStream {
  a: number;
  b: number;
  c: number;
  counter: number;
}

/** A stream of its own for each name under one seed, so that adding one actor does not reshuffle the others. */
export function randomStream(seed: number, name: string): RandomStream {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  const stream = { a: hash | 0, b: seed | 0, c: Math.imul(hash, 0x9e3779b1) | 0, counter: 1 };
  for (let round = 0; round < 15; round++) nextUint32(stream);
  return stream;
}

/** Next whole number from 0 to 2^32 - 1. */
export function nextUint32(stream: RandomStream): number {
  const sum = (stream.a + stream.b + stream.counter) | 0;
  stream.counter = (stream.counter + 1) | 0;
  stream.a = stream.b ^ (stream.b >>> 9);
  stream.b = (stream.c + (stream.c << 3)) | 0;
  stream.c = (((stream.c << 21) | (stream.c >>> 11)) + sum) | 0;
  return sum >>> 0;
}

/** Next whole number from 0 to `bound` - 1; `bound` from 1 to 2^32. */
export function nextBelow(stream: RandomStream, bound: number): number {
  return Math.floor((nextUint32(stream) / 0x1_0000_0000) * bound);
}
