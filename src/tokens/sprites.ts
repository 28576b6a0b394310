import type { Sprite } from "./pixelSurface";

/** A colour as image data has it, opaque: 0xFFBBGGRR. */
export type Pixel = number;

export interface SpriteColours {
  /** By key, 0 to 7. */
  readonly keys: readonly Pixel[];
  readonly noKey: Pixel;
  readonly ink: Pixel;
  readonly surface: Pixel;
}

/** A record is a box with round corners; a message a bead: a circle, and longer for a long number. */
export type RecordShape = "box" | "bead";

/** Draws one character with this height of letters, in device pixels, at a part of a pixel from the left top corner. */
export type GlyphPainter = (character: string, fontPixels: number, colour: Pixel, shiftX: number, shiftY: number) => Sprite;

/** Sizes in CSS pixels at zoom 1. */
const RECORD = { height: 24, radius: { box: 7, bead: 12 }, border: 2.25 } as const;
const CLUSTER = { size: 13, radius: 4, border: 1.5 } as const;
const SMALL = { size: 11, radius: { box: 3.5, bead: 5.5 }, border: 1 } as const;
const STREAM = { size: 4, radius: 2, border: 0 } as const;
const ACK = { size: 9, radius: 4.5, border: 1.5 } as const;
const HOLLOW = { size: 11, radius: 5.5, border: 1.75 } as const;
export const LABEL = { font: 11, advance: 6.7 } as const;
/** Distance of the dots in a cluster. */
export const CLUSTER_STEP = 11.5;

const shape = { record: 0, cluster: 1, small: 2, stream: 3, ack: 4, hollow: 5, chip: 6, glyph: 7, inkGlyph: 8, bead: 9, smallBead: 10 } as const;

/** Where within a pixel a sprite stands is told in quarters, so that slow tokens glide. */
const PHASES = 4;

/**
 * Sprites of one theme and scale, each made when it is first needed. Colours are a key's index, -1 without a key.
 */
export class SpriteSet {
  readonly scale: number;
  readonly #colours: SpriteColours;
  readonly #paintGlyph: GlyphPainter;
  readonly #made: (Sprite | undefined)[] = [];

  constructor(scale: number, colours: SpriteColours, paintGlyph: GlyphPainter) {
    this.scale = scale;
    this.#colours = colours;
    this.#paintGlyph = paintGlyph;
  }

  /** A record with room for a label of so many digits. */
  record(form: RecordShape, colour: number, digits: number, phase: number): Sprite {
    const style = { radius: RECORD.radius[form], border: RECORD.border };
    return this.#get(form === "box" ? shape.record : shape.bead, colour, digits, phase, () => this.#box(Math.max(RECORD.height, digits * LABEL.advance + 8.5), RECORD.height, style, this.#key(colour), this.#colours.surface, phase));
  }

  cluster(colour: number, phase: number): Sprite {
    return this.#get(shape.cluster, colour, 0, phase, () => this.#box(CLUSTER.size, CLUSTER.size, CLUSTER, this.#key(colour), this.#colours.surface, phase));
  }

  small(form: RecordShape, colour: number, phase: number): Sprite {
    const style = { radius: SMALL.radius[form], border: SMALL.border };
    return this.#get(form === "box" ? shape.small : shape.smallBead, colour, 0, phase, () => this.#box(SMALL.size, SMALL.size, style, this.#key(colour), this.#colours.surface, phase));
  }

  stream(colour: number, phase: number): Sprite {
    return this.#get(shape.stream, colour, 0, phase, () => this.#box(STREAM.size, STREAM.size, STREAM, this.#key(colour), this.#colours.surface, phase));
  }

  /** A response without records. */
  ack(phase: number): Sprite {
    return this.#get(shape.ack, 0, 0, phase, () => this.#box(ACK.size, ACK.size, ACK, this.#colours.ink, this.#colours.surface, phase));
  }

  /** A Fetch request: empty, it asks. */
  hollow(phase: number): Sprite {
    return this.#get(shape.hollow, 0, 0, phase, () => this.#box(HOLLOW.size, HOLLOW.size, HOLLOW, this.#colours.surface, this.#colours.ink, phase));
  }

  /** The ground of "+n". */
  chip(characters: number, phase: number): Sprite {
    return this.#get(shape.chip, 0, characters, phase, () => this.#box(characters * LABEL.advance + 7, 16, { radius: 6, border: 0 }, this.#colours.surface, this.#colours.surface, phase));
  }

  /** One character, on a record or (`ink`) on the surface. */
  glyph(character: string, ink: boolean, phase: number): Sprite {
    const colour = ink ? this.#colours.ink : this.#colours.surface;
    return this.#get(ink ? shape.inkGlyph : shape.glyph, 0, character.charCodeAt(0) & 63, phase, () =>
      this.#paintGlyph(character, LABEL.font * this.scale, colour, (phase % PHASES) / PHASES, Math.floor(phase / PHASES) / PHASES),
    );
  }

  #key(colour: number): Pixel {
    return this.#colours.keys[colour] ?? this.#colours.noKey;
  }

  #get(kind: number, colour: number, variant: number, phase: number, make: () => Sprite): Sprite {
    const index = ((kind * 16 + colour + 1) * 64 + variant) * 16 + phase;
    return (this.#made[index] ??= make());
  }

  #box(width: number, height: number, style: { readonly radius: number; readonly border: number }, fill: Pixel, border: Pixel, phase: number): Sprite {
    const { scale } = this;
    return roundedBox({
      width: width * scale,
      height: height * scale,
      radius: style.radius * scale,
      border: style.border * scale,
      fill,
      borderColour: border,
      shiftX: (phase % PHASES) / PHASES,
      shiftY: Math.floor(phase / PHASES) / PHASES,
    });
  }
}

/** The sprite's phase for a left top corner at these device pixels. */
export function phaseOf(x: number, y: number): number {
  return Math.floor((x - Math.floor(x)) * PHASES) + PHASES * Math.floor((y - Math.floor(y)) * PHASES);
}

interface BoxStyle {
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly border: number;
  readonly fill: Pixel;
  readonly borderColour: Pixel;
  readonly shiftX: number;
  readonly shiftY: number;
}

/** A box with round corners and a border, smoothed by each pixel's distance to the outline. */
export function roundedBox(style: BoxStyle): Sprite {
  const width = Math.ceil(style.width) + 1;
  const height = Math.ceil(style.height) + 1;
  const pixels = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const outside = distanceToBox(x + 0.5 - style.shiftX - style.width / 2, y + 0.5 - style.shiftY - style.height / 2, style);
      const cover = clamp(0.5 - outside);
      const inner = style.border > 0 ? clamp(0.5 - outside - style.border) : 1;
      pixels[y * width + x] = withAlpha(mix(style.borderColour, style.fill, inner), cover);
    }
  }
  return { width, height, pixels };
}

function distanceToBox(x: number, y: number, { width, height, radius }: BoxStyle): number {
  const dx = Math.abs(x) - width / 2 + radius;
  const dy = Math.abs(y) - height / 2 + radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

function clamp(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

function mix(from: Pixel, to: Pixel, share: number): Pixel {
  const channel = (shift: number): number => Math.round(((from >>> shift) & 255) * (1 - share) + ((to >>> shift) & 255) * share) << shift;
  return channel(0) | channel(8) | channel(16);
}

function withAlpha(colour: Pixel, alpha: number): Pixel {
  const a = Math.round(alpha * 255);
  return a === 0 ? 0 : ((a << 24) | (colour & 0xffffff)) >>> 0;
}
