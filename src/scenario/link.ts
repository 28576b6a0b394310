import { clusterLimits } from "../core/kafka/limits";
import { readJson } from "./json";
import type { Json } from "./kinds/kind";
import { findCarried, isCutInCodec, readCarried, writeCarried } from "./packing/carried";
import { dictionary2 } from "./packing/dictionary2";
import { openEnvelope, sealEnvelope, type EnvelopeProblem } from "./packing/envelope";
import { dictionary1 } from "./packing/t1/dictionary1";
import { unpackShared1 } from "./packing/t1/form1";
import { attempt, invalid, type ScenarioProblem } from "./problem";
import type { SharedScenario } from "./scenario";
import { shared as sharedKind } from "./scenarioKinds";
import { scenarioLimits } from "./scenarioLimits";
import { parseRun, parseScenario } from "./schema";

/**
 * Why a link does not open. "notALink": the text holds none. `params` of "invalid", and of "newer" where the codec is known, are those of a
 * ScenarioProblem, with its `path` and `detail`; `codec` is one to come, and `missing` the characters that a cut took.
 */
export interface LinkProblem {
  readonly reason: "cutOff" | "corrupt" | "newer" | "invalid" | "notALink";
  readonly params: Readonly<Record<string, string | number>>;
}

type Decoded = { readonly shared: SharedScenario } | { readonly problem: LinkProblem };

/**
 * A scenario as the fragment of an address, without #: `t2.` and an envelope with the JSON of the kind `shared`. Throws a RangeError above
 * `maxUnpackedLinkBytes`; whether the result is longer than `maxLinkCharacters` is for the caller to look at.
 */
export function encodeLink(shared: SharedScenario): string {
  return writeCarried("t2", sealEnvelope(JSON.stringify(sharedKind.pack(shared)), dictionary2));
}

/**
 * What a link holds, checked through and through. The text may be a whole address or its fragment, and may have suffered on its way. Never
 * throws, and never gives anything but exactly what was shared.
 */
export function decodeLink(text: string): Decoded {
  const carried = findCarried(text);
  if (!carried) return problem(isCutInCodec(text) ? "cutOff" : "notALink");
  const codec = codecs.get(carried.codec);
  // There never was one before the first.
  if (!codec) return carried.codec.startsWith("t0") ? problem("corrupt") : problem("newer", { codec: carried.codec });
  if (carried.arrived.length > clusterLimits.maxLinkCharacters) return problemOf(invalid("", "tooMany", { max: clusterLimits.maxLinkCharacters }));
  const { envelopes, arrivedLength } = readCarried(carried);
  const opened = envelopes.map((envelope) => openEnvelope(envelope, arrivedLength, codec.dictionary));
  const [whole] = opened.flatMap((one) => ("text" in one ? [one.text] : []));
  if (whole !== undefined) return readShared(whole, codec);
  const [why] = opened.flatMap((one) => ("problem" in one ? [one.problem] : []));
  return problemOfEnvelope(why ?? { reason: "corrupt" });
}

interface Codec {
  readonly dictionary: Uint8Array;
  /** A document of any known version and a run, of no type yet. */
  readonly unpack: (json: Json) => object;
}

/** Only the newest is written, all are read. What t2 does not have yet gets a number of its own there, so that it needs no successor. */
const codecs: ReadonlyMap<string, Codec> = new Map([
  ["t1", { dictionary: dictionary1, unpack: unpackShared1 }],
  ["t2", { dictionary: dictionary2, unpack: (json) => sharedKind.unpack(json, "") }],
]);

/** The text is what its maker wrote; but the maker may have been anybody. */
function readShared(text: string, codec: Codec): Decoded {
  const unpacked = attempt(() => {
    const json = readJson(text, scenarioLimits.maxUnpackedLinkBytes, invalid("", "type", { expected: "Array" })) as Json; // or what no link holds, which is refused
    return { scenario: undefined, run: null, ...codec.unpack(json) } as { readonly scenario: unknown; readonly run: unknown };
  });
  if ("problem" in unpacked) return problemOf(unpacked.problem);
  const parsed = parseScenario(unpacked.value.scenario ?? {});
  if ("problem" in parsed) return problemOf(parsed.problem);
  if (unpacked.value.run === null) return { shared: { scenario: parsed.scenario, run: null } };
  const parsedRun = parseRun(unpacked.value.run);
  if ("problem" in parsedRun) return problemOf(parsedRun.problem);
  return { shared: { scenario: parsed.scenario, run: parsedRun.run } };
}

function problemOfEnvelope(why: EnvelopeProblem): Decoded {
  if (why.reason === "tooLarge") return problemOf(invalid("", "tooMany", { max: scenarioLimits.maxUnpackedLinkBytes }));
  return problem(why.reason, why.reason === "cutOff" && why.missing !== null ? { missing: why.missing } : {});
}

function problemOf({ reason, path, detail, params }: ScenarioProblem): Decoded {
  return problem(reason === "newer" ? "newer" : "invalid", { ...params, path, ...(detail && { detail }) });
}

function problem(reason: LinkProblem["reason"], params: LinkProblem["params"] = {}): { readonly problem: LinkProblem } {
  return { problem: { reason, params } };
}
