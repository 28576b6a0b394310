import { deflateSync, inflateSync } from "fflate";
import { clusterLimits } from "../core/kafka/limits";
import { SCHEMA_VERSION } from "./migrations";
import { fromBase64Url, isBase64Url, toBase64Url } from "./packing/base64Url";
import { checksum } from "./packing/checksum";
import { dictionary1 } from "./packing/dictionary1";
import type { Json } from "./packing/forms";
import { sharedForm } from "./packing/sharedForm";
import type { ScenarioProblem } from "./problem";
import type { SharedScenario } from "./scenario";
import { parseRun, parseScenario } from "./schema";
import { scenarioLimits } from "./scenarioLimits";

/** Why a link does not open. "notALink": the fragment is something else. `params` of "invalid" are those of a ScenarioProblem, with its `path` and `detail`. */
export interface LinkProblem {
  readonly reason: "cutOff" | "corrupt" | "newer" | "invalid" | "notALink";
  readonly params: Readonly<Record<string, string | number>>;
}

/**
 * A scenario as the fragment of an address, without #: `t1:` and, in base64url, a header and the deflated JSON of `sharedForm`. Throws a
 * RangeError above `maxUnpackedLinkBytes`; whether the result is longer than `maxLinkCharacters` is for the caller to look at.
 */
export function encodeLink(shared: SharedScenario): string {
  const unpacked = new TextEncoder().encode(JSON.stringify(sharedForm.pack(shared)));
  if (unpacked.length > scenarioLimits.maxUnpackedLinkBytes) throw new RangeError("too much for a link");
  const packed = deflateSync(unpacked, { level: 9, dictionary: dictionary1 });
  const header = { packedLength: packed.length, unpackedLength: unpacked.length, checksum: checksum(packed) };
  return `${CODEC}:${toBase64Url(writeHeader(header))}${toBase64Url(packed)}`;
}

/** What a fragment (without #) holds, checked through and through. Never throws, and never gives anything but exactly what was shared. */
export function decodeLink(fragment: string): { readonly shared: SharedScenario } | { readonly problem: LinkProblem } {
  const [, codec, payload] = /^([a-z]+\d+):([^]*)$/.exec(fragment) ?? [];
  if (codec === undefined || payload === undefined) return problem(fragment !== "" && `${CODEC}:`.startsWith(fragment) ? "cutOff" : "notALink");
  if (codec !== CODEC) return problem("newer", { codec });
  if (fragment.length > clusterLimits.maxLinkCharacters) return problem("invalid", { path: "", detail: "tooMany", max: clusterLimits.maxLinkCharacters });
  const unpacked = unpack(payload);
  return "problem" in unpacked ? unpacked : readShared(unpacked.text);
}

const CODEC = "t1";
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

function unpack(payload: string): { readonly text: string } | { readonly problem: LinkProblem } {
  if (!isBase64Url(payload)) return problem("corrupt");
  if (payload.length < HEADER_CHARACTERS) return problem("cutOff");
  const headerBytes = fromBase64Url(payload.slice(0, HEADER_CHARACTERS));
  const header = headerBytes && readHeader(headerBytes);
  if (!header || header.unpackedLength > scenarioLimits.maxUnpackedLinkBytes) return problem("corrupt");
  const missing = Math.ceil((header.packedLength * 4) / 3) - (payload.length - HEADER_CHARACTERS);
  if (missing > 0) return problem("cutOff", { missing });
  const packed = fromBase64Url(payload.slice(HEADER_CHARACTERS));
  if (!packed || checksum(packed) !== header.checksum) return problem("corrupt");
  const unpacked = inflate(packed, header.unpackedLength);
  return unpacked?.length === header.unpackedLength ? { text: new TextDecoder().decode(unpacked) } : problem("corrupt");
}

/** null for bytes that nobody deflated. With a place of fixed size to write to, a few bytes cannot become many. */
function inflate(packed: Uint8Array, unpackedLength: number): Uint8Array | null {
  try {
    return inflateSync(packed, { out: new Uint8Array(unpackedLength), dictionary: dictionary1 });
  } catch {
    return null;
  }
}

/** The text is what its maker wrote; but the maker may have been anybody. */
function readShared(text: string): { readonly shared: SharedScenario } | { readonly problem: LinkProblem } {
  const unpacked = unpackShared(text);
  if ("problem" in unpacked) return unpacked;
  const parsed = parseScenario(unpacked.scenario);
  if ("problem" in parsed) return problemOf(parsed.problem);
  if (unpacked.run === null) return { shared: { scenario: parsed.scenario, run: null } };
  const parsedRun = parseRun(unpacked.run);
  if ("problem" in parsedRun) return problemOf(parsedRun.problem);
  return { shared: { scenario: parsed.scenario, run: parsedRun.run } };
}

function unpackShared(text: string): { readonly scenario: object; readonly run: unknown } | { readonly problem: LinkProblem } {
  try {
    const json: Json = JSON.parse(text);
    const version = (json as Json[][] | null)?.[0]?.[0];
    if (typeof version === "number" && version > SCHEMA_VERSION) return problem("newer", { version });
    return sharedForm.unpack(json) as { scenario: object; run: unknown }; // the fields that the form has
  } catch {
    return problem("invalid", { path: "", detail: "type", expected: "Object" });
  }
}

function problemOf({ reason, path, detail, params }: ScenarioProblem): { readonly problem: LinkProblem } {
  if (reason === "newer") return problem("newer", params);
  return problem("invalid", { ...params, path, detail: detail ?? "type" });
}

function problem(reason: LinkProblem["reason"], params: LinkProblem["params"] = {}): { readonly problem: LinkProblem } {
  return { problem: { reason, params } };
}
