/** Where what stands in the bytes of a record batch, magic 2 (KIP-98, `DefaultRecordBatch`). */
export const LOG_OVERHEAD_BYTES = 12;
export const CRC_AT = 17;
/** The CRC covers from here to the end, so that a leader can set offset and epoch without computing it anew. */
export const CRC_START = 21;
export const MAGIC = 2;
export const COMPRESSION_MASK = 7;
/** Size of a batch without records, in bytes (`DefaultRecordBatch.RECORD_BATCH_OVERHEAD`). */
export const RECORD_BATCH_OVERHEAD_BYTES = 61;
