import { cpus, loadavg } from "node:os";
import { setImmediate } from "node:timers/promises";
import { parseCommandLine, usageOf } from "./commandLine";
import { engine } from "./engine";
import { frame } from "./frame";
import { link } from "./link";
import { memory } from "./memory";
import { opening } from "./opening";
import { panning } from "./panning";
import type { Measured, Part } from "./part";
import { figure, figureLines, headingOf, rowLines } from "./report";
import { rewind } from "./rewind";
import { checkOut, install, needCommit, otherSide, ownCommit } from "./sides/otherSide";
import { BenchProblem } from "./sides/problem";
import { endPrograms } from "./sides/programs";
import { ownSide, type Side } from "./sides/side";
import { Stage } from "./sides/stage";
import { start } from "./start";
import { tokens } from "./tokens";
import { measureByTurns, ONE_LOOK, reasonOf } from "./turns";
import { worker } from "./worker";

const parts: readonly Part[] = [engine, worker, tokens, panning, frame, start, link, rewind, opening, memory];
const names = parts.map(({ name }) => name);

/** Prints every figure of the product beside its goal, and beside another commit's where one is named. Measures only: no figure makes it fail. */
export async function main(argv: readonly string[]): Promise<number> {
  const options = parseCommandLine(argv, names);
  if ("problem" in options) {
    console.error(options.problem);
    return 2;
  }
  if (options.help) {
    console.log(usageOf(names));
    return 0;
  }
  const bench = new Bench(new Stage());
  try {
    return await Promise.race([bench.run(parts.filter(({ name }) => options.parts.includes(name)), options.against), bench.interrupted]);
  } catch (error) {
    // Whatever a signal has ended first, it is the signal that counts; it is heard at the next turn of the loop.
    const interrupted = await Promise.race([bench.interrupted, setImmediate(null)]);
    if (interrupted !== null) return interrupted;
    if (!(error instanceof BenchProblem)) throw error;
    console.error(error.message);
    return 2;
  } finally {
    await bench.close();
  }
}

/** One run of the bench: what it has made goes with it, however it ends. */
class Bench {
  /** Resolves to the exit code when somebody has had enough. */
  readonly interrupted: Promise<number>;
  private readonly stage: Stage;
  private readonly interruption = new AbortController();
  private removeCheckout: (() => void) | null = null;

  constructor(stage: Stage) {
    this.stage = stage;
    this.interrupted = new Promise((resolve) => {
      // Listened to until the end: npm passes on what the terminal has sent already, and the second one must not cut the tidying short.
      for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
        process.on(signal, () => {
          this.interruption.abort(new Error("interrupted"));
          resolve(code);
        });
      }
    });
    process.once("exit", () => this.tidy());
  }

  async run(chosen: readonly Part[], against: string | null): Promise<number> {
    if (chosen.some(({ needsBrowser }) => needsBrowser)) await this.stage.needBrowser();
    const sides = await this.sidesFor(against);
    console.log(headingOf(sides.map(({ name }) => name)));
    // All of it alone is a look at everything, within a few minutes.
    const turns = chosen.length === parts.length && sides.length === 1 ? ONE_LOOK : undefined;
    for (const part of chosen) await this.measure(part, sides, turns);
    if (chosen.length === parts.length) console.log("\nKilled by signal: no figure, but a test (e2e/comeBack.spec.ts), which kills the browser and compares what IndexedDB has with what was shown.");
    return 0;
  }

  async close(): Promise<void> {
    // Whoever still measures stops at the next measurement.
    this.interruption.abort(new Error("the bench has ended"));
    endPrograms();
    await this.stage.close();
    this.tidy();
  }

  /** At the end, and once more when the process ends: what was under way may have put something back. */
  private tidy(): void {
    endPrograms();
    this.stage.removeFolders();
    this.removeCheckout?.();
  }

  private async sidesFor(against: string | null): Promise<readonly Side[]> {
    const commit = against === null ? null : needCommit(against);
    console.log(`${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), ${load()}, Node ${process.versions.node}, ${await this.stage.browserName()}`);
    const own = ownSide(commit === null ? "this checkout" : ownCommit(), this.stage);
    if (commit === null) return [own];
    const { checkout, remove } = checkOut(commit);
    this.removeCheckout = remove;
    const packages = await install(checkout);
    const other = otherSide(checkout, commit, this.stage, own);
    console.log(`${own.name} is this checkout; ${other.name} is checked out beside it, with ${packages}. Measured by turns.`);
    return [own, other];
  }

  private async measure({ title, trials, ownRows }: Part, sides: readonly Side[], turns?: number): Promise<void> {
    const { signal } = this.interruption;
    console.log(`\n${title}; ${load()}`);
    for (const { figures, measure } of trials) {
      let begun = 0;
      const measureSide = (at: number): Promise<Measured> => {
        const side = sides[at]!;
        tellProgress(`${side.name}, measurement ${++begun}`);
        return measure(side);
      };
      const outcomes = await measureByTurns(sides, measureSide, { signal, ...(turns !== undefined && { turns }) });
      tellProgress("");
      process.stdout.write(figureLines(figures, outcomes));
    }
    signal.throwIfAborted();
    const [own, other] = sides;
    if (!ownRows || !own) return;
    if (other) console.log(`  ${other.name} cannot: what follows runs the code of this checkout itself.`);
    process.stdout.write(rowLines(await ownRows(own, turns).catch((error: unknown) => [{ what: `${own.name} cannot: ${reasonOf(error)}`, goal: "", measured: "" }])));
  }
}

/** On a busy machine every figure is worse: the load belongs to them. */
function load(): string {
  return `load ${figure(loadavg()[0] ?? 0)}`;
}

/** For whoever sits before it: some of the measurements take a minute. */
function tellProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001b[K`);
}
