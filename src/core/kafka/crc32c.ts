/** CRC-32C (Castagnoli) of `bytes` from `start` up to, not including, `end`; unsigned. Record batches carry it (KIP-98, `Crc32C`). */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = -1;
  let at = start;
  // Eight bytes a step, each through the table of its distance from the step's end ("slicing by 8").
  for (; at + 8 <= end; at += 8) {
    const low = crc ^ word(bytes, at);
    const high = word(bytes, at + 4);
    crc =
      entry(7, low & 0xff) ^
      entry(6, (low >>> 8) & 0xff) ^
      entry(5, (low >>> 16) & 0xff) ^
      entry(4, low >>> 24) ^
      entry(3, high & 0xff) ^
      entry(2, (high >>> 8) & 0xff) ^
      entry(1, (high >>> 16) & 0xff) ^
      entry(0, high >>> 24);
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ entry(0, (crc ^ byteAt(bytes, at)) & 0xff);
  return ~crc >>> 0;
}

const REVERSED_POLYNOMIAL = 0x82f63b78;

/** Eight tables of 256 entries, one after the other. */
const tables = buildTables();

function entry(table: number, byte: number): number {
  // In range: eight tables of 256 entries, and both arguments are masked by the caller.
  return tables[table * 256 + byte] as number;
}

function byteAt(bytes: Uint8Array, at: number): number {
  // In range: the caller stays below `end`.
  return bytes[at] as number;
}

function word(bytes: Uint8Array, at: number): number {
  return byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) | (byteAt(bytes, at + 2) << 16) | (byteAt(bytes, at + 3) << 24);
}

function buildTables(): Int32Array {
  const made = new Int32Array(8 * 256);
  for (let index = 0; index < made.length; index++) {
    if (index < 256) {
      let crc = index;
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? REVERSED_POLYNOMIAL : 0);
      made[index] = crc;
    } else {
      // In range: both the previous table's entry and the first table's are already made.
      const previous = made[index - 256] as number;
      made[index] = (previous >>> 8) ^ (made[previous & 0xff] as number);
    }
  }
  return made;
}
