import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { dist } from "./build.mjs";

const kib = 1024;
const limits = { initial: 160 * kib, worker: 80 * kib, workerPart: 40 * kib, lazy: 100 * kib };

/** @typedef {{ file: string, isEntry?: boolean, isDynamicEntry?: boolean, imports?: string[], css?: string[] }} Chunk */

/** @typedef {Record<string, Chunk>} Manifest */

/** What the entry loads by itself for the editor's first picture, whatever the person does. */
const initialSources = ["index.html", "src/app/start/firstWorker.ts", "src/app/draw.tsx", "src/app/EditorApp.tsx"];

/**
 * Measures the built page, gzip: the initial JavaScript (all that the editor's first picture needs, in English, with its static imports),
 * each worker and each part that a worker loads later, each lazy chunk.
 * @returns {{ code: number, output: string }}
 */
export function checkSizes() {
  /** @type {Manifest} */
  const manifest = JSON.parse(readFileSync(join(dist, ".vite", "manifest.json"), "utf8"));
  const chunks = Object.entries(manifest).filter(([, chunk]) => chunk.file.endsWith(".js"));
  const initial = initialFiles(manifest);
  // What stands beside index.html is in no manifest; the page loads it at its start.
  const beside = scripts().filter((file) => !file.includes("/"));
  const lazy = chunks.map(([, chunk]) => chunk.file).filter((file) => !initial.has(file));
  const known = new Set(chunks.map(([, chunk]) => chunk.file));
  // Workers are built apart from the page, so the page's manifest does not know their files.
  const workers = scripts().filter((file) => !known.has(file) && !beside.includes(file));
  // A worker is started by the page, which names its file; what the page does not name, a worker loads when it needs it.
  const page = [...known].map((file) => readFileSync(join(dist, file), "utf8")).join("\n");
  const isStarted = (/** @type {string} */ file) => page.includes(basename(file));

  const rows = [
    { name: "initial JavaScript", bytes: [...initial, ...beside].reduce((sum, file) => sum + gzipped(file), 0), limit: limits.initial },
    ...workers.filter(isStarted).map((file) => ({ name: `worker ${file}`, bytes: gzipped(file), limit: limits.worker })),
    ...workers.filter((file) => !isStarted(file)).map((file) => ({ name: `part of a worker ${file}`, bytes: gzipped(file), limit: limits.workerPart })),
    ...lazy.map((file) => ({ name: `lazy ${file}`, bytes: gzipped(file), limit: limits.lazy })),
  ];
  const output = rows.map(({ name, bytes, limit }) => {
    const verdict = bytes > limit ? "  TOO LARGE" : "";
    return `  ${(bytes / kib).toFixed(1).padStart(6)} of ${limit / kib} KiB  ${name}${verdict}\n`;
  });
  return { code: rows.some(({ bytes, limit }) => bytes > limit) ? 1 : 0, output: output.join("") };
}

/**
 * The files of the initial sources and of everything they import statically.
 * @param {Manifest} manifest
 */
export function initialFiles(manifest) {
  /** @type {Set<string>} */
  const files = new Set();
  /** @param {Chunk | undefined} chunk */
  const add = (chunk) => {
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const name of chunk.imports ?? []) add(manifest[name]);
  };
  for (const source of initialSources) {
    if (!manifest[source]) throw new Error(`${source} is no chunk of its own any more`);
    add(manifest[source]);
  }
  return files;
}

function scripts() {
  return readdirSync(dist, { recursive: true })
    .map((file) => String(file).replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".js"));
}

/** @param {string} file */
function gzipped(file) {
  return gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
}
