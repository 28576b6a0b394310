import { readFileSync } from "node:fs";
import { ENGINE_VERSION } from "../../src/core/world/cluster";
import { decodeLink } from "../../src/scenario/link";
import { presets } from "../../src/scenario/presets/presets";
import type { SharedScenario } from "../../src/scenario/scenario";
import { parseScenario } from "../../src/scenario/schema";
import type { WorldSource } from "./commandLine";

export interface OpenedWorld extends SharedScenario {
  /** What was opened, for people. */
  readonly name: string;
}

/** The scenario that the arguments name, checked, or one line that says why it does not open. */
export async function openWorld({ kind, value }: WorldSource): Promise<OpenedWorld | { readonly problem: string }> {
  if (kind === "preset") return openPreset(value);
  return kind === "link" ? openLink(value) : openFile(value);
}

async function openPreset(id: string): Promise<OpenedWorld | { readonly problem: string }> {
  const preset = presets.find((candidate) => candidate.id === id);
  if (!preset) return { problem: `There is no preset ${id}: ${presets.map((candidate) => candidate.id).join(", ")}.` };
  return { name: id, scenario: await preset.load(), run: null };
}

function openLink(link: string): OpenedWorld | { readonly problem: string } {
  const decoded = decodeLink(link);
  if ("problem" in decoded) return { problem: `The link does not open: ${JSON.stringify(decoded.problem)}` };
  const { run } = decoded.shared;
  if (run && run.engineVersion !== ENGINE_VERSION) console.error(`The run was made by engine ${run.engineVersion}, this is ${ENGINE_VERSION}: it may differ.`);
  return { name: "link", ...decoded.shared };
}

function openFile(file: string): OpenedWorld | { readonly problem: string } {
  const text = readText(file);
  if (text === null) return { problem: `${file} cannot be read.` };
  const parsed = parseScenario(text);
  return "problem" in parsed ? { problem: `${file} is no scenario: ${JSON.stringify(parsed.problem)}` } : { name: file, scenario: parsed.scenario, run: null };
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
