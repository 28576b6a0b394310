import { ViewportPortal } from "@xyflow/react";
import type { ReactNode } from "react";
import { useTopiq } from "../../store/topiqStore";
import type { Wire } from "../wires/wire";
import { standingRecords } from "./standing";

/** Half of a record's width, graph px. */
const HALF = 8;

/** Where a browser cannot draw in a worker: the records in flight as the last frame had them, standing in the middle of their wires. */
export function StaticMessages({ wires }: { readonly wires: readonly Wire[] }): ReactNode {
  const messages = useTopiq((state) => state.image?.messages);
  return (
    <ViewportPortal>
      <svg className="scene-static-messages" aria-hidden="true">
        {standingRecords(messages ?? [], wires).map(({ id, x, y, colour, isBead }) => (
          <rect key={id} data-colour={colour} x={x - HALF} y={y - HALF} width={HALF * 2} height={HALF * 2} rx={isBead ? HALF : 5} />
        ))}
      </svg>
    </ViewportPortal>
  );
}
