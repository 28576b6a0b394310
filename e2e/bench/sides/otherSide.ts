import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../../.ci/shell.mjs";
import { BenchProblem } from "./problem";
import { lastLine, runProgram } from "./programs";
import { Side } from "./side";
import type { Site, Stage } from "./stage";

/** The commit that this checkout stands on, short. */
export function ownCommit(): string {
  return git("rev-parse", "--short", "HEAD") ?? "this checkout";
}

/** Refuses what cannot be measured beside this checkout, and says which commit is meant, in full. */
export function needCommit(named: string): string {
  if (git("rev-parse", "--is-inside-work-tree") === null) throw new BenchProblem("This is no git checkout, so there is no other commit to measure against.");
  const commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", `${named}^{commit}`);
  if (commit === null) throw new BenchProblem(`There is no commit ${named} in this repository.`);
  if (git("status", "--porcelain") !== "") throw new BenchProblem("This checkout has changes that no commit holds: commit them or put them away, so that the figures are some commit's.");
  return commit;
}

/** Checks a commit out into a folder of its own. `remove` takes it away again, at once, so that it can be done while the process ends, and again. */
export function checkOut(commit: string): { readonly checkout: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "topiq-bench-against-"));
  const checkout = join(folder, "checkout");
  const remove = (): void => {
    if (!existsSync(folder)) return;
    git("worktree", "remove", "--force", checkout);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    git("worktree", "prune");
  };
  if (git("worktree", "add", "--detach", checkout, commit) !== null) return { checkout, remove };
  remove();
  throw new BenchProblem(`git cannot check ${commit} out beside this checkout.`);
}

/** The checkout of another commit. Its page is built when it is first asked for. */
export function otherSide(checkout: string, commit: string, stage: Stage, own: Side): Side {
  return new Side(git("rev-parse", "--short", commit) ?? commit, checkout, stage, () => buildAndServe(checkout, stage), own);
}

/** Gives a checkout our packages, where it wants the same, else its own; which ones, for people. */
export async function install(checkout: string): Promise<string> {
  if (readFileSync(join(checkout, "package-lock.json"), "utf8") === readFileSync(join(root, "package-lock.json"), "utf8")) {
    symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"), "junction");
    return "the packages of this checkout";
  }
  const installed = await runProgram("npm ci --include=dev", checkout);
  if (installed.code !== 0) throw new BenchProblem(`The packages of the other commit could not be installed: ${lastLine(installed)}`);
  return "packages of its own";
}

async function buildAndServe(checkout: string, stage: Stage): Promise<Site> {
  const built = await runProgram("npm run --silent build", checkout);
  if (built.code !== 0) throw new Error(`it does not build: ${lastLine(built)}`);
  const dist = join(checkout, "dist");
  if (!existsSync(join(dist, "index.html"))) throw new Error("its build makes no page in dist");
  return stage.serve(dist);
}

/** What git says, without the line's end; null where it refuses. */
function git(...words: string[]): string | null {
  try {
    return execFileSync("git", words, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null;
  }
}
