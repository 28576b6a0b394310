import { deflateSync, inflateSync } from "fflate";
import { scenarioLimits } from "../scenarioLimits";
import { fromBase64Url, toBase64Url } from "./base64Url";
import { checksum } from "./checksum";

/** Why an envelope does not open; `missing` characters at its end, where that is known. */
export type EnvelopeProblem = { readonly reason: "cutOff"; readonly missing: number | null } | { readonly reason: "corrupt" | "tooLarge" };

/** A text in base64url: a header with lengths and checksums, and the text deflated. Throws a RangeError above `maxUnpackedLinkBytes`. */
export function sealEnvelope(text: string, dictionary: Uint8Array): string {
  const unpacked = new TextEncoder().encode(text);
  if (unpacked.length > scenarioLimits.maxUnpackedLinkBytes) throw new RangeError("too much for a link");
  return envelopeOf(deflateSync(unpacked, { level: 9, dictionary }), unpacked.length);
}

/** Packed bytes, which need not be any text's, with their right header. */
export function envelopeOf(packed: Uint8Array, unpackedLength: number): string {
  return `${toBase64Url(writeHeader({ packedLength: packed.length, unpackedLength, checksum: checksum(packed) }))}${toBase64Url(packed)}`;
}

/**
 * The text in an envelope. What stands behind the length that the header says is not looked at, so a word glued to a link does no harm.
 * `arrivedLength` is that of all that arrived: an envelope that is short although as much arrived as was sent has been changed, not cut.
 */
export function openEnvelope(envelope: string, arrivedLength: number, dictionary: Uint8Array): { readonly text: string } | { readonly problem: EnvelopeProblem } {
  const [characters = ""] = /^[\w-]*/.exec(envelope) ?? [];
  if (characters.length < HEADER_CHARACTERS) return problem(arrivedLength < HEADER_CHARACTERS ? { reason: "cutOff", missing: null } : { reason: "corrupt" });
  const headerBytes = fromBase64Url(characters.slice(0, HEADER_CHARACTERS));
  const header = headerBytes && readHeader(headerBytes);
  if (!header) return problem({ reason: "corrupt" });
  if (header.unpackedLength > scenarioLimits.maxUnpackedLinkBytes) return problem({ reason: "tooLarge" });
  const length = HEADER_CHARACTERS + Math.ceil((header.packedLength * 4) / 3);
  const missing = length - characters.length;
  // Renderers of Markdown take an underscore at the end of an address for the end of an emphasis.
  const whole = missing === 1 ? `${characters}_` : characters;
  const text = whole.length < length ? null : unseal(whole.slice(HEADER_CHARACTERS, length), header, dictionary);
  if (text !== null) return { text };
  return problem(missing > 0 && arrivedLength < length ? { reason: "cutOff", missing } : { reason: "corrupt" });
}

/** A whole number of base64's groups of three, so that header and rest are apart in the text, too. */
const HEADER_BYTES = 12;
const HEADER_CHARACTERS = (HEADER_BYTES / 3) * 4;

interface Header {
  readonly packedLength: number;
  readonly unpackedLength: number;
  /** Of the packed bytes: looked at before they are inflated, and not even a bit that inflating ignores may differ. */
  readonly checksum: number;
}

/** Two lengths of 3 bytes, the checksum, and 2 bytes of the checksum of all that: a wrong length must not look as if the end were missing. */
function writeHeader(header: Header): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, header.packedLength << 8);
  view.setUint32(3, header.unpackedLength << 8);
  view.setUint32(6, header.checksum);
  view.setUint16(10, checksum(bytes.subarray(0, 10)) & 0xffff);
  return bytes;
}

function readHeader(bytes: Uint8Array): Header | null {
  const view = new DataView(bytes.buffer);
  if (view.getUint16(10) !== (checksum(bytes.subarray(0, 10)) & 0xffff)) return null;
  return { packedLength: view.getUint32(0) >>> 8, unpackedLength: view.getUint32(3) >>> 8, checksum: view.getUint32(6) };
}

function unseal(characters: string, header: Header, dictionary: Uint8Array): string | null {
  const packed = fromBase64Url(characters);
  if (!packed || checksum(packed) !== header.checksum) return null;
  const unpacked = inflate(packed, header.unpackedLength, dictionary);
  return unpacked?.length === header.unpackedLength ? new TextDecoder().decode(unpacked) : null;
}

/** null for bytes that nobody deflated. With a place of fixed size to write to, a few bytes cannot become many. */
function inflate(packed: Uint8Array, unpackedLength: number, dictionary: Uint8Array): Uint8Array | null {
  try {
    return inflateSync(packed, { out: new Uint8Array(unpackedLength), dictionary });
  } catch {
    return null;
  }
}

function problem(why: EnvelopeProblem): { readonly problem: EnvelopeProblem } {
  return { problem: why };
}
