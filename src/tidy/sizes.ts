import { posix } from "node:path";
import { isTest } from "./source";

/** Lines of a file of code; tests, styles, words and tools may have some more. */
const CODE_LINES = 300;
const OTHER_LINES = 400;
const FILES_OF_CODE = 20;

/** Files that are one idea and longer than their limit, each with its reason. */
export const longFiles: Readonly<Record<string, string>> = {};

const isCode = (file: string): boolean => file.startsWith("src/") && /\.tsx?$/.test(file) && !isTest(file) && !file.startsWith("src/i18n/");

const linesFor = (file: string): number => (isCode(file) ? CODE_LINES : OTHER_LINES);

export function lengthErrors(lengths: ReadonlyMap<string, number>, allowed: Readonly<Record<string, string>>): string[] {
  return [
    ...Array.from(lengths)
      .filter(([file, lines]) => lines > linesFor(file) && !allowed[file])
      .map(([file, lines]) => `${file} has ${lines} lines, over ${linesFor(file)}: is it one idea? Cut it, or give the reason in longFiles`),
    ...Object.keys(allowed)
      .filter((file) => (lengths.get(file) ?? 0) <= linesFor(file))
      .map((file) => `${file} is in longFiles, but is not long any more`),
  ];
}

/** A folder that nobody can look over is several folders. */
export function folderErrors(files: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const file of files.filter(isCode)) counts.set(posix.dirname(file), (counts.get(posix.dirname(file)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > FILES_OF_CODE).map(([folder, count]) => `${folder} has ${count} files of code, over ${FILES_OF_CODE}: make rooms in it`);
}
