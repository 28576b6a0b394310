import type { Sprite } from "./pixelSurface";
import type { GlyphPainter, Pixel } from "./sprites";

const FACE = '"JetBrains Mono", "Noto Sans Mono", ui-monospace, monospace';

/**
 * Paints characters with the browser's own text, once each; the drawing loop only copies their pixels. All are painted on one canvas: to make
 * one takes more than ten times as long as to paint on it.
 */
export function canvasGlyphs(): GlyphPainter {
  const context = new OffscreenCanvas(LARGEST, LARGEST).getContext("2d", { willReadFrequently: true });
  let drawnPixels = 0;
  return (character, fontPixels, colour, shiftX, shiftY): Sprite => {
    const width = Math.min(LARGEST, Math.ceil(fontPixels * 0.8) + 1);
    const height = Math.min(LARGEST, Math.ceil(fontPixels * 1.2) + 1);
    const pixels = new Uint32Array(width * height);
    if (!context) return { width, height, pixels };
    if (fontPixels !== drawnPixels) {
      drawnPixels = fontPixels;
      context.font = `700 ${fontPixels}px ${FACE}`;
      context.textAlign = "center";
      context.textBaseline = "alphabetic";
      context.fillStyle = "#fff";
    }
    context.clearRect(0, 0, width, height);
    // A digit stands about 0.73 of the font's size above its line.
    context.fillText(character, (width - 1) / 2 + shiftX, (height - 1) / 2 + fontPixels * 0.365 + shiftY);
    const { data } = context.getImageData(0, 0, width, height);
    for (let index = 0; index < pixels.length; index += 1) {
      const alpha = data[index * 4 + 3]!;
      pixels[index] = alpha === 0 ? 0 : ((alpha << 24) | (colour & 0xffffff)) >>> 0;
    }
    return { width, height, pixels };
  };
}

/** Device pixels of the canvas: a letter at the highest zoom on a screen of four of them a CSS pixel has fewer. */
const LARGEST = 128;

/** A stylesheet's colours as pixels, whatever way they are written. */
export function readColours(colours: readonly string[]): readonly Pixel[] {
  const context = new OffscreenCanvas(colours.length, 1).getContext("2d", { willReadFrequently: true });
  if (!context) return colours.map(() => 0xff000000);
  colours.forEach((colour, x) => {
    context.fillStyle = colour;
    context.fillRect(x, 0, 1, 1);
  });
  // Image data is red, green, blue, alpha: as a pixel on every machine with browsers.
  return [...new Uint32Array(context.getImageData(0, 0, colours.length, 1).data.buffer)];
}
