import type { StoredBatch } from "./logStore";

/**
 * Batches as they are stored: one buffer of bytes and a few columns, never an object a record. Both a write-ahead row (several
 * partitions) and a segment (one) have this form. Columns hold one number a batch unless said otherwise.
 */
export interface PackedBatches {
  /** The names that `partitionIndexes` point to. */
  readonly partitions: readonly string[];
  readonly partitionIndexes: Uint32Array;
  readonly baseOffsets: Float64Array;
  readonly nextOffsets: Float64Array;
  /** Bytes of each batch. */
  readonly sizes: Uint32Array;
  /** -1 for a batch without an origin. */
  readonly producerActors: Int32Array;
  /** How many of `sendNumbers` belong to each batch. */
  readonly sendCounts: Uint32Array;
  /** One number a record; of all batches, one after the other. */
  readonly sendNumbers: Float64Array;
  /** Of all batches, one after the other. */
  readonly bytes: Uint8Array;
}

const NO_ORIGIN = -1;

/** Packs batches, keeping their order. The result shares no memory with them: a clone of a view would copy its whole buffer. */
export function packBatches(batches: readonly StoredBatch[]): PackedBatches {
  const names = new Map<string, number>();
  const partitionIndexes = new Uint32Array(batches.length);
  const baseOffsets = new Float64Array(batches.length);
  const nextOffsets = new Float64Array(batches.length);
  const sizes = new Uint32Array(batches.length);
  const producerActors = new Int32Array(batches.length);
  const sendCounts = new Uint32Array(batches.length);
  const sendNumbers = new Float64Array(batches.reduce((count, { origin }) => count + (origin?.sendNumbers.length ?? 0), 0));
  const bytes = new Uint8Array(sizeOfBatches(batches));
  let sendPosition = 0;
  let bytePosition = 0;
  for (let index = 0; index < batches.length; index++) {
    const batch = batches[index] as StoredBatch;
    const name = names.get(batch.partition) ?? names.size;
    if (name === names.size) names.set(batch.partition, name);
    partitionIndexes[index] = name;
    baseOffsets[index] = batch.baseOffset;
    nextOffsets[index] = batch.nextOffset;
    sizes[index] = batch.bytes.length;
    producerActors[index] = batch.origin?.producerActor ?? NO_ORIGIN;
    const ownSendNumbers = batch.origin?.sendNumbers ?? [];
    sendCounts[index] = ownSendNumbers.length;
    sendNumbers.set(ownSendNumbers, sendPosition);
    sendPosition += ownSendNumbers.length;
    bytes.set(batch.bytes, bytePosition);
    bytePosition += batch.bytes.length;
  }
  return {
    partitions: [...names.keys()],
    partitionIndexes,
    baseOffsets,
    nextOffsets,
    sizes,
    producerActors,
    sendCounts,
    sendNumbers,
    bytes,
  };
}

/** The inverse of `packBatches`. The bytes are views on the packed buffer. */
export function unpackBatches(packed: PackedBatches): StoredBatch[] {
  let sendPosition = 0;
  let bytePosition = 0;
  return Array.from(packed.sizes, (size, index) => {
    const producerActor = numberAt(packed.producerActors, index);
    const sendEnd = sendPosition + numberAt(packed.sendCounts, index);
    const sendNumbers: number[] = [];
    for (let at = sendPosition; at < sendEnd; at++) sendNumbers.push(numberAt(packed.sendNumbers, at));
    const bytes = packed.bytes.subarray(bytePosition, bytePosition + size);
    sendPosition = sendEnd;
    bytePosition += size;
    return {
      partition: packed.partitions[numberAt(packed.partitionIndexes, index)] ?? "",
      baseOffset: numberAt(packed.baseOffsets, index),
      nextOffset: numberAt(packed.nextOffsets, index),
      bytes,
      origin: producerActor === NO_ORIGIN ? null : { producerActor, sendNumbers },
    };
  });
}

/** The batches of one and then those of another, both of one partition and the same. Nothing is unpacked for it. */
export function joinPacked(one: PackedBatches, other: PackedBatches): PackedBatches {
  return {
    partitions: one.partitions,
    partitionIndexes: joined(one.partitionIndexes, other.partitionIndexes),
    baseOffsets: joined(one.baseOffsets, other.baseOffsets),
    nextOffsets: joined(one.nextOffsets, other.nextOffsets),
    sizes: joined(one.sizes, other.sizes),
    producerActors: joined(one.producerActors, other.producerActors),
    sendCounts: joined(one.sendCounts, other.sendCounts),
    sendNumbers: joined(one.sendNumbers, other.sendNumbers),
    bytes: joined(one.bytes, other.bytes),
  };
}

function joined<Column extends Uint8Array | Uint32Array | Int32Array | Float64Array>(one: Column, other: Column): Column {
  const whole = new (one.constructor as new (length: number) => Column)(one.length + other.length); // of its own kind
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}

/** Bytes of all batches together. */
export function sizeOfBatches(batches: readonly StoredBatch[]): number {
  return batches.reduce((size, batch) => size + batch.bytes.length, 0);
}

/** The batches by partition, in order of first appearance, each in append order. */
export function groupByPartition(batches: readonly StoredBatch[]): Map<string, StoredBatch[]> {
  const groups = new Map<string, StoredBatch[]>();
  for (const batch of batches) {
    const group = groups.get(batch.partition);
    if (group === undefined) groups.set(batch.partition, [batch]);
    else group.push(batch);
  }
  return groups;
}

function numberAt(column: Uint32Array | Int32Array | Float64Array, index: number): number {
  const number = column[index];
  if (number === undefined) throw new Error(`a stored column ends before batch ${index}`);
  return number;
}
