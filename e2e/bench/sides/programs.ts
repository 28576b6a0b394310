import { type ChildProcess, spawn } from "node:child_process";

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  /** All that it printed, in its order. */
  readonly output: string;
}

const running = new Set<ChildProcess>();

/** Runs a command line in a folder to its end; longer than `limitMs` of wall time it is not waited for. */
export function runProgram(commandLine: string, cwd: string, { env = {}, limitMs = 600_000 }: { readonly env?: Readonly<Record<string, string>>; readonly limitMs?: number } = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that what it starts in its turn ends with it.
    const child = spawn(commandLine, { cwd, shell: true, detached: hasGroups, stdio: ["ignore", "pipe", "pipe"], env: { ...foreignEnvironment(), ...env } });
    const printed = { stdout: "", output: "" };
    const timer = setTimeout(() => {
      end(child);
      reject(new Error(`"${commandLine.split(" -- ")[0]}" took longer than ${limitMs / 1000} s`));
    }, limitMs);
    running.add(child);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed.stdout += text;
      printed.output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.output += text));
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code: code ?? 1, ...printed });
    });
  });
}

/** Ends everything that `runProgram` still waits for. */
export function endPrograms(): void {
  for (const child of running) end(child);
}

/** What a failed program said last: one line for people. */
export function lastLine({ output }: Ended): string {
  // oxlint-disable-next-line no-control-regex -- colours of a terminal are what is taken away
  const lines = output.replace(/\u001b\[[\d;]*m/g, "").split("\n").map((line) => line.trim());
  return lines.findLast((line) => line !== "") ?? "it said nothing";
}

const hasGroups = process.platform !== "win32";

function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (hasGroups) process.kill(-child.pid, "SIGTERM");
    else child.kill();
  } catch {
    // It has ended by itself meanwhile.
  }
}

/** Ours, without what the npm around this process tells its own scripts: it would speak of this folder. */
function foreignEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
}
