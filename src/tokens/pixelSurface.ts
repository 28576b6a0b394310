/** A small picture, straight (not premultiplied) RGBA, one number a pixel: 0xAABBGGRR, as little-endian image data has it. */
export interface Sprite {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/** A rectangle of pixels; empty while `right <= left`. */
export interface PixelRectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** One frame's pixels. Sprites are laid over each other; only what was touched is cleared and presented. */
export class PixelSurface {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array<ArrayBuffer>;
  readonly touched: PixelRectangle = { left: 0, top: 0, right: 0, bottom: 0 };

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint32Array(width * height);
  }

  /** Makes everything that was touched transparent again, and returns where that was. */
  clear(): PixelRectangle {
    const { left, top, right, bottom } = this.touched;
    for (let y = top; y < bottom; y += 1) this.pixels.fill(0, y * this.width + left, y * this.width + right);
    Object.assign(this.touched, { left: 0, top: 0, right: 0, bottom: 0 });
    return { left, top, right, bottom };
  }

  /** Lays a sprite over what is there, its left top corner at whole pixels; what sticks out is cut. */
  blit(sprite: Sprite, x: number, y: number): void {
    const left = Math.max(0, x);
    const top = Math.max(0, y);
    const right = Math.min(this.width, x + sprite.width);
    const bottom = Math.min(this.height, y + sprite.height);
    if (left >= right || top >= bottom) return;
    const { pixels } = this;
    for (let row = top; row < bottom; row += 1) {
      let from = (row - y) * sprite.width + left - x;
      let to = row * this.width + left;
      for (let column = left; column < right; column += 1, from += 1, to += 1) {
        const source = sprite.pixels[from]!;
        const alpha = source >>> 24;
        if (alpha === 0) continue;
        const below = pixels[to]!;
        pixels[to] = alpha === 255 || below >>> 24 === 0 ? source : over(source, below);
      }
    }
    this.#touch(left, top, right, bottom);
  }

  #touch(left: number, top: number, right: number, bottom: number): void {
    const { touched } = this;
    if (touched.right <= touched.left) {
      Object.assign(touched, { left, top, right, bottom });
      return;
    }
    if (left < touched.left) touched.left = left;
    if (top < touched.top) touched.top = top;
    if (right > touched.right) touched.right = right;
    if (bottom > touched.bottom) touched.bottom = bottom;
  }
}

/** Porter and Duff's "over" for straight colours. */
function over(source: number, below: number): number {
  const a = source >>> 24;
  const b = below >>> 24;
  if (b === 255) return overOpaque(source, below, a);
  const rest = b * (255 - a);
  const total = a * 255 + rest;
  const red = ((source & 255) * a * 255 + (below & 255) * rest) / total;
  const green = (((source >>> 8) & 255) * a * 255 + ((below >>> 8) & 255) * rest) / total;
  const blue = (((source >>> 16) & 255) * a * 255 + ((below >>> 16) & 255) * rest) / total;
  return ((Math.round(total / 255) << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
}

/** The common case, in whole numbers: each channel is (source * a + below * (255 - a)) / 255, rounded. */
function overOpaque(source: number, below: number, a: number): number {
  const rest = 255 - a;
  const red = ((source & 255) * a + (below & 255) * rest + 127) * BY_255;
  const green = (((source >>> 8) & 255) * a + ((below >>> 8) & 255) * rest + 127) * BY_255;
  const blue = (((source >>> 16) & 255) * a + ((below >>> 16) & 255) * rest + 127) * BY_255;
  return (0xff000000 | ((blue >>> 23) << 16) | ((green >>> 23) << 8) | (red >>> 23)) >>> 0;
}

/** 2^23 / 255, rounded up: a product with it, shifted by 23, is a division by 255 for every sum that occurs here. */
const BY_255 = 32_897;
