import type { Row } from "./report";
import type { Side } from "./sides/side";

/** Some figures that belong together, and can be measured alone by their name. */
export interface Part {
  readonly name: string;
  readonly title: string;
  readonly needsBrowser: boolean;
  /** What is measured of every side, by turns. */
  readonly trials: readonly Trial[];
  /** What only this checkout can tell, for it runs the code of this checkout itself; `turns`: how often, where it is not told by itself. */
  readonly ownRows?: (own: Side, turns?: number) => Promise<readonly Row[]>;
}

/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly goal?: string;
}

/** Some figures that one measurement gives of either side, by what both sides have. */
export interface Trial {
  readonly figures: Readonly<Record<string, Figure>>;
  /** Measures a side once. What that side does not have is left out. */
  readonly measure: (side: Side) => Promise<Measured>;
}

export type Measured<Name extends string = string> = Readonly<Partial<Record<Name, number | undefined>>>;

/** A trial whose measurement gives the figures that it names. */
export function trial<Name extends string>(figures: Readonly<Record<Name, Figure>>, measure: (side: Side) => Promise<Measured<Name>>): Trial {
  return { figures, measure };
}
