import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { dist } from "./build.mjs";

const kib = 1024;
const limits = { initial: 170 * kib, worker: 60 * kib, lazy: 100 * kib };

/** @typedef {{ file: string, isEntry?: boolean, isDynamicEntry?: boolean, imports?: string[], css?: string[] }} Chunk */

/**
 * Measures the built page, gzip: the initial JavaScript (the entry, its static imports and the larger language, if languages are
 * chunks of their own), each worker file, each lazy chunk.
 * @returns {{ code: number, output: string }}
 */
export function checkSizes() {
  /** @type {Record<string, Chunk>} */
  const manifest = JSON.parse(readFileSync(join(dist, ".vite", "manifest.json"), "utf8"));
  const chunks = Object.entries(manifest).filter(([, chunk]) => chunk.file.endsWith(".js"));
  const initial = initialChunks(manifest);
  const language = chunks
    .filter(([source, chunk]) => source.startsWith("src/i18n/") && !initial.has(chunk.file))
    .sort(([, one], [, other]) => gzipped(other.file) - gzipped(one.file))[0];
  if (language) initial.add(language[1].file);

  const lazy = chunks.map(([, chunk]) => chunk.file).filter((file) => !initial.has(file));
  const known = new Set(chunks.map(([, chunk]) => chunk.file));
  // Workers are built apart from the page, so the page's manifest does not know their files.
  const workers = scripts().filter((file) => !known.has(file));

  const rows = [
    { name: "initial JavaScript", bytes: [...initial].reduce((sum, file) => sum + gzipped(file), 0), limit: limits.initial },
    ...workers.map((file) => ({ name: `worker ${file}`, bytes: gzipped(file), limit: limits.worker })),
    ...lazy.map((file) => ({ name: `lazy ${file}`, bytes: gzipped(file), limit: limits.lazy })),
  ];
  const output = rows.map(({ name, bytes, limit }) => {
    const verdict = bytes > limit ? "  TOO LARGE" : "";
    return `  ${(bytes / kib).toFixed(1).padStart(6)} of ${limit / kib} KiB  ${name}${verdict}\n`;
  });
  return { code: rows.some(({ bytes, limit }) => bytes > limit) ? 1 : 0, output: output.join("") };
}

/**
 * The files of the page's entries and of everything they import statically.
 * @param {Record<string, Chunk>} manifest
 */
function initialChunks(manifest) {
  const files = new Set();
  /** @param {Chunk | undefined} chunk */
  const add = (chunk) => {
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const name of chunk.imports ?? []) add(manifest[name]);
  };
  for (const chunk of Object.values(manifest)) if (chunk.isEntry) add(chunk);
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
