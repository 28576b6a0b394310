/** A rule of SPEC.md, and how the source is changed so that it does not hold: the random worlds have to notice. */
export interface BrokenRule {
  readonly rule: string;
  /** What goes wrong. */
  readonly words: string;
  /** From the top folder. */
  readonly file: string;
  /** What of its text is replaced; it stands there once. */
  readonly find: string;
  readonly put: string;
  /** Which random worlds have to notice; left out, those of topics. */
  readonly world?: "topics" | "programs" | "queues";
  /** The network has to fail for it to show. */
  readonly hasFaults?: boolean;
}

/** The text of the rule's file with the rule broken. */
export function brokenText({ rule, file, find, put }: BrokenRule, text: string): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined) throw new Error(`${rule}: ${file} does not hold what is to be replaced: ${find}`);
  if (more.length > 0) throw new Error(`${rule}: ${file} holds what is to be replaced ${more.length + 1} times: ${find}`);
  return before + put + after;
}
