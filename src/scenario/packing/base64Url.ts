/** Base64 in the alphabet that an address may hold, without padding (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes, or null for a text that `toBase64Url` would not make of them. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!isBase64Url(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  // Bits beyond the last byte must be zero, or two texts would stand for the same bytes.
  return toBase64Url(bytes) === text ? bytes : null;
}

function isBase64Url(text: string): boolean {
  return /^[\w-]*$/.test(text);
}
