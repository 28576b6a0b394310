// What a link goes through on its way: chats, mails, documents and browsers, which wrap it, escape it, glue words to it, and set its dashes.
// A link is written so that little of that harms it, and read so that all that can be undone is; its checksums decide.

/** A link as it arrived. */
export interface CarriedLink {
  readonly codec: string;
  /** What stands behind the codec. */
  readonly arrived: string;
}

/**
 * A link of a codec since t2 out of its envelope. A dot breaks up two dashes, which documents would set as one; and the last character is
 * one that no program takes for the end of a sentence or of an emphasis, for what stands behind an envelope is not read.
 */
export function writeCarried(codec: string, envelope: string): string {
  return `${codec}.${envelope.replace(/-(?=-)/g, "-.")}${/[-_]$/.test(envelope) ? "0" : ""}`;
}

/** The link in a text that may be a whole address, escaped once or more; null where there is none. */
export function findCarried(text: string): CarriedLink | null {
  for (const read of [text, ...decodings(text)]) {
    const [, codec, arrived] = /(?:^|#|%23)(t\d+)\\?(?:[:.]|%3[Aa]|%2[Ee])([^]*)$/.exec(read.trim()) ?? [];
    if (codec !== undefined && arrived !== undefined) return { codec, arrived };
  }
  return null;
}

/** Whether a text, or what follows its #, is a link that breaks off within its codec. */
export function isCutInCodec(text: string): boolean {
  return /^t\d*$/.test(text.slice(text.indexOf("#") + 1).trim());
}

/** The envelopes that may have been sent, the likeliest first, and how many characters arrived, dots that were written aside. */
export function readCarried({ codec, arrived }: CarriedLink): { readonly envelopes: readonly string[]; readonly arrivedLength: number } {
  const kept = (decodings(arrived).at(-1) ?? arrived).replace(SOFT_BREAKS, "").replace(BACKSLASHES, "").replace(/[\s>\u00ad\u200b-\u200d\u2060\ufeff]+/g, "");
  if (codec === "t1") return { envelopes: withoutSetDashes(kept), arrivedLength: arrived.length };
  return { envelopes: withoutSetDashes(kept.replaceAll(".", "")), arrivedLength: arrived.length - (kept.match(/-\.(?=-)/g)?.length ?? 0) };
}

/** Mails in quoted-printable break long lines behind an equals sign; Markdown has a backslash before what it would read as a mark. */
const SOFT_BREAKS = /=\r?\n/g;
const BACKSLASHES = /\\(?=[\w.-])/g;

/** Who passes an address on inside another one escapes it once more: what becomes of it, time after time, until nothing changes. */
function decodings(text: string): readonly string[] {
  const read: string[] = [];
  for (let now = decodePercents(text); now !== (read.at(-1) ?? text) && read.length < MOST_ESCAPES; now = decodePercents(now)) read.push(now);
  return read;
}

const MOST_ESCAPES = 3;

/** Browsers escape what an address should not hold; a run of escapes that is no text stays as it is. */
function decodePercents(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/** Documents set two dashes as an en dash or as an em dash, and three as an em dash. */
function withoutSetDashes(text: string): readonly string[] {
  const withoutEn = text.replaceAll("\u2013", "--");
  return withoutEn.includes("\u2014") ? ["--", "---"].map((dashes) => withoutEn.replaceAll("\u2014", dashes)) : [withoutEn];
}
