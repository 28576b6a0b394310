import { ViewportPortal } from "@xyflow/react";
import type { ReactNode } from "react";
import { useTopiq } from "../../store/topiqStore";
import type { Wire } from "../wires/wire";

/** Where a browser cannot draw in a worker: the records in flight as the last frame had them, standing in the middle of their wires. */
export function StaticMessages({ wires }: { readonly wires: readonly Wire[] }): ReactNode {
  const messages = useTopiq((state) => state.image?.messages);
  const drawn = (messages ?? []).flatMap((message) =>
    message.parts.flatMap((part) => {
      const wire = part.colours.length > 0 && wires.find((candidate) => candidate.client.id === message.client && candidate.topic === part.topic && candidate.partition === part.partition);
      if (!wire) return [];
      const middle = Math.floor(wire.points.length / 4) * 2;
      return [{ id: `${message.id} ${wire.id}`, x: wire.points[middle]!, y: wire.points[middle + 1]!, colour: part.colours[0]! }];
    }),
  );
  return (
    <ViewportPortal>
      <svg className="scene-static-messages" aria-hidden="true">
        {drawn.map(({ id, x, y, colour }) => (
          <rect key={id} data-colour={colour} x={x - 8} y={y - 8} width="16" height="16" rx="5" />
        ))}
      </svg>
    </ViewportPortal>
  );
}
