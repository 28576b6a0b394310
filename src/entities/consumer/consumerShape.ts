import type { MemberShape } from "../../canvas/layout/sceneStructure";
import type { NodeShape } from "../../canvas/nodes/kindNode";

/** A consumer in its group's frame. */
export interface ConsumerShape extends NodeShape, Pick<MemberShape, "owned"> {
  readonly group: string;
  readonly letter: number;
  /** Drawn as a line, not as a card. */
  readonly isLine: boolean;
}
