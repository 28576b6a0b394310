import type { MotionFrame, MotionReturn, TokenMessage } from "../bridge/messages";
import { DisplayClock } from "./displayClock";
import { drawTokens } from "./drawTokens";
import { edgeTable } from "./edgePath";
import { canvasGlyphs, readColours } from "./glyphs";
import { PixelSurface } from "./pixelSurface";
import { LABEL, type SpriteColours, SpriteSet } from "./sprites";
import { TokenField } from "./tokenField";

/**
 * The token worker: takes motion from the simulation and geometry from the page, and draws what is in flight. It draws only when
 * something moved: a paused or quiet scene costs nothing.
 */
const field = new TokenField();
const clock = new DisplayClock();
const paintGlyph = canvasGlyphs();
/** Beyond this speed a record is on its way for less than a tenth of a second. */
const FASTEST_WHOLE = 4;
let edges = edgeTable([]);
let canvas: OffscreenCanvas | null = null;
let surface = new PixelSurface(1, 1);
let view = { x: 0, y: 0, zoom: 1, devicePixelRatio: 1 };
let colours: SpriteColours | null = null;
let sprites: SpriteSet | null = null;
let still = false;
/** Virtual ms of the picture that the page shows; null before the first. */
let picturedMs: number | null = null;
/** What comes next is not the next moment: nothing sets out now, all is where it is. */
let hasJumped = true;
let pendingSize: { readonly width: number; readonly height: number } | null = null;
let scheduled = false;

// The page sends only these messages.
addEventListener("message", (event: MessageEvent<TokenMessage>) => onPageMessage(event.data));

function onPageMessage(message: TokenMessage): void {
  switch (message.type) {
    case "canvas":
      canvas = message.canvas;
      warmUp(canvas);
      view = { ...view, devicePixelRatio: message.devicePixelRatio };
      break;
    case "motionPort":
      message.port.onmessage = (event: MessageEvent<MotionFrame>) => onMotion(event.data, message.port);
      break;
    case "resize":
      resize(message.width, message.height, message.devicePixelRatio);
      break;
    case "pictured":
      picturedMs = message.timeUs / 1000;
      break;
    case "viewport":
      view = { ...view, x: message.x, y: message.y, zoom: message.zoom };
      break;
    case "edges":
      edges = edgeTable(message.edges);
      field.resolve(edges);
      break;
    case "theme": {
      still = message.reducedMotion;
      const [noKey = 0, ink = 0, surfaceColour = 0, ...keys] = readColours([message.noKey, message.ink, message.surface, ...message.colours]);
      colours = { keys, noKey, ink, surface: surfaceColour };
      sprites = null;
      break;
    }
  }
  schedule();
}

/** What takes its time once is done before the first token comes: the browser looks for its faces, and makes canvases ready. */
function warmUp(surfaceOf: OffscreenCanvas): void {
  surfaceOf.getContext("2d");
  paintGlyph("0", LABEL.font, 0, 0, 0);
}

function onMotion(frame: MotionFrame, port: MessagePort): void {
  if (frame.reset) hasJumped = true;
  clock.receive(frame, performance.now());
  field.merge(frame, edges);
  const back: MotionReturn = { type: "motionReturn", floats: frame.floats };
  port.postMessage(back, [frame.floats.buffer]);
  schedule();
}

function resize(width: number, height: number, devicePixelRatio: number): void {
  pendingSize = { width: Math.max(1, Math.round(width * devicePixelRatio)), height: Math.max(1, Math.round(height * devicePixelRatio)) };
  view = { ...view, devicePixelRatio };
}

/** Setting a canvas's size empties it, so it is set in the same frame that draws it again. */
function applySize(): void {
  if (!canvas || !pendingSize) return;
  canvas.width = pendingSize.width;
  canvas.height = pendingSize.height;
  surface = new PixelSurface(pendingSize.width, pendingSize.height);
  pendingSize = null;
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(draw);
}

function draw(): void {
  scheduled = false;
  applySize();
  const wallMs = performance.now();
  const nowMs = clock.shownMs(wallMs);
  // What is too fast to be followed is not held back for the picture either.
  const fast = clock.speed > FASTEST_WHOLE;
  const shownMs = fast ? nowMs : (picturedMs ?? nowMs);
  field.begin(nowMs, shownMs, hasJumped || clock.speed === 0);
  field.expire(Math.min(nowMs, shownMs));
  if (field.count > 0) hasJumped = false;
  const before = surface.clear();
  if (colours) drawTokens(surface, { field, edges, view, sprites: currentSprites(colours), picturedMs: shownMs, still, fast }, nowMs);
  present(before);
  if (field.count > 0 && clock.isRunning(wallMs)) schedule();
}

/** Sprites for the theme and the zoom, in steps of an eighth: labels stay readable however far the view is zoomed out. */
function currentSprites(theme: SpriteColours): SpriteSet {
  const zoom = Math.round(Math.min(Math.max(view.zoom, 0.9), 1.6) * 8) / 8;
  const scale = Math.max(zoom, 1) * view.devicePixelRatio;
  if (sprites?.scale !== scale) sprites = new SpriteSet(scale, theme, paintGlyph);
  return sprites;
}

function present(before: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }): void {
  const context = canvas?.getContext("2d");
  const now = surface.touched;
  const empty = now.right <= now.left;
  const left = empty ? before.left : before.right <= before.left ? now.left : Math.min(before.left, now.left);
  const top = empty ? before.top : before.right <= before.left ? now.top : Math.min(before.top, now.top);
  const right = Math.max(before.right, now.right);
  const bottom = Math.max(before.bottom, now.bottom);
  if (!context || right <= left) return;
  const image = new ImageData(new Uint8ClampedArray(surface.pixels.buffer), surface.width, surface.height);
  context.putImageData(image, 0, 0, left, top, right - left, bottom - top);
}
