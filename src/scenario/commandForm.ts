import type { AnyCommand } from "../core/world/commandKind";
import type { RecordKind } from "./kinds/record";
import type { ScenarioProblem } from "./problem";

/** One type of command as it comes from outside: its schema, its form in a link, and what may be wrong with it for any world. */
export interface CommandForm<Given extends AnyCommand> {
  readonly type: Given["type"];
  /** Names the type in links; never given again. */
  readonly number: number;
  readonly kind: RecordKind<Omit<Given, "type">>;
  /** What is wrong with one whose parts all have the right kinds; `path` is its place. */
  problem?(command: Given, path: string): ScenarioProblem | null;
}
