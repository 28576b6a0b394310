/** Old browsers and Safari give the key that ends a composition this code, and no other sign of it. */
const PROCESSED = 229;

/** Whether a key belongs to a syllable that is being composed, as in Hangul: then it is the keyboard's, and neither takes nor drops what is typed. */
export function isComposing(event: Pick<KeyboardEvent, "isComposing" | "keyCode">): boolean {
  return event.isComposing || event.keyCode === PROCESSED;
}
