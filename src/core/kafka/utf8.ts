/** UTF-8 without the platform's TextEncoder, which the core's library does not have. Unpaired surrogates become U+FFFD, as in TextEncoder. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  writeUtf8(text, bytes, 0);
  return bytes;
}

/** Writes the text's UTF-8 form into `target` from `start` on, where `utf8Length` bytes must be free. */
export function writeUtf8(text: string, target: Uint8Array, start: number): void {
  let at = start;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      target[at++] = unit;
      continue;
    }
    const point = codePointAt(text, index);
    if (point > 0xffff) index++;
    if (point < 0x800) {
      target[at++] = 0xc0 | (point >> 6);
    } else {
      if (point < 0x10000) {
        target[at++] = 0xe0 | (point >> 12);
      } else {
        target[at++] = 0xf0 | (point >> 18);
        target[at++] = 0x80 | ((point >> 12) & 63);
      }
      target[at++] = 0x80 | ((point >> 6) & 63);
    }
    target[at++] = 0x80 | (point & 63);
  }
}

/** Size in bytes of the text's UTF-8 form. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) < 0x80) continue;
    const point = codePointAt(text, index);
    // A pair of surrogates counts as two units already, and takes four bytes.
    if (point > 0xffff) index++;
    length += point < 0x800 ? 1 : 2;
  }
  return length;
}

/** The text of UTF-8 bytes, or null when the bytes are not well-formed UTF-8, so that text and bytes never differ by a round trip. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at++] as number;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4 || at + more > bytes.length) return null;
    let point = first & (0x3f >> more);
    for (let index = 0; index < more; index++) {
      const next = bytes[at++] as number;
      if ((next & 0xc0) !== 0x80) return null;
      point = (point << 6) | (next & 63);
    }
    const shortest = more === 1 ? 0x80 : more === 2 ? 0x800 : 0x10000;
    if (point < shortest || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return null;
    text += String.fromCodePoint(point);
  }
  return text;
}

function codePointAt(text: string, index: number): number {
  const point = text.codePointAt(index) as number;
  return point >= 0xd800 && point < 0xe000 ? 0xfffd : point;
}
