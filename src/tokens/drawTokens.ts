import { type EdgeTable, placeOnPath } from "./edgePath";
import { looks } from "./looks";
import type { PixelSurface, Sprite } from "./pixelSurface";
import { CLUSTER_STEP, LABEL, phaseOf, type SpriteSet } from "./sprites";
import { COLOURS, type TokenField } from "./tokenField";

/** Graph to device pixels. */
export interface TokenView {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly devicePixelRatio: number;
}

export interface TokenScene {
  readonly field: TokenField;
  readonly edges: EdgeTable;
  readonly view: TokenView;
  readonly sprites: SpriteSet;
  /** Virtual ms of the picture that the page shows. */
  readonly picturedMs: number;
  /** Tokens stand in the middle of their edges. */
  readonly still: boolean;
  /** Too fast to follow one: tokens are a stream of dots, without offsets that the lanes would have passed before they are read. */
  readonly fast: boolean;
}

/** Labelled tokens need about this much of an edge's length each; with less they are drawn small, without labels. */
const LABEL_ROOM_PX = 14;
/** With less than this much each, tokens are a stream of dots. */
const DOT_ROOM_PX = 5;
/** So few are always drawn whole, however short the edge. */
const ALWAYS_WHOLE = 12;

/** Draws every token that has begun its way and is not at its end in the picture, where it is at this virtual time. */
export function drawTokens(surface: PixelSurface, scene: TokenScene, nowMs: number): void {
  const { field, edges } = scene;
  const onEdge = tokensPerEdge(scene);
  for (let index = 0; index < field.count; index += 1) {
    if (!isOnItsWay(scene, index)) continue;
    const edge = field.edge[index]!;
    const path = edges.paths[edge]!;
    const { isFromClient } = looks[field.kind[index]!]!;
    const run = Math.min(Math.max((nowMs - field.begunMs[index]!) / (field.arriveMs[index]! - field.begunMs[index]!), 0), 1) || 0;
    placeOnPath(path, scene.still ? 0.5 : isFromClient ? run : 1 - run, place);
    const x = (scene.view.x + place[0]! * scene.view.zoom) * scene.view.devicePixelRatio;
    const y = (scene.view.y + place[1]! * scene.view.zoom) * scene.view.devicePixelRatio;
    const crowd = onEdge[edge]!;
    if (!scene.fast && (crowd <= ALWAYS_WHOLE || crowd * LABEL_ROOM_PX <= path.length)) drawToken(surface, scene, index, x, y);
    else drawDot(surface, scene, index, x, y, crowd * DOT_ROOM_PX > path.length);
  }
}

const place = new Float64Array(2);
let counts = new Int32Array(64);

function tokensPerEdge(scene: TokenScene): Int32Array {
  const { field, edges } = scene;
  if (counts.length < edges.paths.length) counts = new Int32Array(edges.paths.length * 2);
  counts.fill(0);
  for (let index = 0; index < field.count; index += 1) {
    if (isOnItsWay(scene, index)) counts[field.edge[index]!]! += 1;
  }
  return counts;
}

function isOnItsWay({ field, picturedMs }: TokenScene, index: number): boolean {
  return field.edge[index]! >= 0 && !Number.isNaN(field.begunMs[index]!) && picturedMs < field.arriveMs[index]!;
}

function drawDot(surface: PixelSurface, { field, sprites }: TokenScene, index: number, x: number, y: number, stream: boolean): void {
  const colour = field.colours[index * COLOURS]!;
  if (colour === NO_RECORD) {
    if (!stream) centre(surface, x, y, (phase) => sprites.ack(phase));
  } else if (stream) centre(surface, x, y, (phase) => sprites.stream(colour, phase));
  else centre(surface, x, y, (phase) => sprites.small(looks[field.kind[index]!]!.record, colour, phase));
}

const NO_RECORD = -2;

function drawToken(surface: PixelSurface, scene: TokenScene, index: number, x: number, y: number): void {
  const { field, sprites } = scene;
  const records = field.records[index]!;
  if (records === 0) centre(surface, x, y, (phase) => sprites[looks[field.kind[index]!]!.empty](phase));
  else if (records === 1) drawRecord(surface, scene, index, x, y);
  else drawCluster(surface, scene, index, x, y);
}

/** One record keeps its offset while it travels, and a message its send number. */
function drawRecord(surface: PixelSurface, { field, sprites }: TokenScene, index: number, x: number, y: number): void {
  const offset = field.offset[index]!;
  const label = offset < 0 ? "" : String(offset);
  centre(surface, x, y, (phase) => sprites.record(looks[field.kind[index]!]!.record, field.colours[index * COLOURS]!, label.length, phase));
  drawText(surface, sprites, label, x, y, false);
}

/** Several records: up to eight dots in rows of four, then "+n". */
function drawCluster(surface: PixelSurface, { field, sprites }: TokenScene, index: number, x: number, y: number): void {
  const records = field.records[index]!;
  const dots = Math.min(records, COLOURS);
  const rows = dots > 4 ? 2 : 1;
  const columns = Math.ceil(dots / rows);
  const step = CLUSTER_STEP * sprites.scale;
  for (let dot = 0; dot < dots; dot += 1) {
    const colour = field.colours[index * COLOURS + dot]!;
    if (colour === NO_RECORD) break;
    const dx = ((dot % columns) - (columns - 1) / 2) * step;
    const dy = (Math.floor(dot / columns) - (rows - 1) / 2) * step;
    centre(surface, x + dx, y + dy, (phase) => sprites.cluster(colour, phase));
  }
  if (records <= dots) return;
  const rest = `+${records - dots}`;
  const left = x + (columns / 2) * step + (rest.length * LABEL.advance * sprites.scale) / 2 + 4 * sprites.scale;
  centre(surface, left, y, (phase) => sprites.chip(rest.length, phase));
  drawText(surface, sprites, rest, left, y, true);
}

function drawText(surface: PixelSurface, sprites: SpriteSet, text: string, x: number, y: number, ink: boolean): void {
  const advance = LABEL.advance * sprites.scale;
  const first = x - ((text.length - 1) / 2) * advance;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    centre(surface, first + index * advance, y, (phase) => sprites.glyph(character, ink, phase));
  }
}

/** Lays a sprite with its middle at this place; the sprite's own size decides the part of a pixel it is shifted by. */
function centre(surface: PixelSurface, x: number, y: number, sprite: (phase: number) => Sprite): void {
  const unshifted = sprite(0);
  const left = x - (unshifted.width - 1) / 2;
  const top = y - (unshifted.height - 1) / 2;
  surface.blit(sprite(phaseOf(left, top)), Math.floor(left), Math.floor(top));
}
