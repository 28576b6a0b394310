import { ViewportPortal } from "@xyflow/react";
import { memo, type ReactNode, useId } from "react";
import { useShallow } from "zustand/shallow";
import { kindNamed } from "../../actions/entities/kindTable";
import { type Selection, useTopiq } from "../../store/topiqStore";
import type { SceneWires, Stroke, Wire } from "./wire";
import { groupDash } from "../marks/groupLine";
import { setHovered, useHover } from "./hover";
import { pathOf } from "./polyline";
import type { Box } from "../layout/geometry";

interface WireLayerProps {
  readonly wires: SceneWires;
  readonly bounds: Box;
}

/** All wires of the scene in one drawing between the group frames and the cards. What is hovered or selected has its own wires brought out. */
export const WireLayer = memo(function WireLayer({ wires, bounds }: WireLayerProps): ReactNode {
  const hovered = useHover((state) => state.hovered);
  const selected = useTopiq((state) => state.selection.at(-1) ?? null);
  const crashed = useTopiq(useShallow(({ image }) => [...(image?.consumers ?? [])].flatMap(([clientId, { phase }]) => (phase === "crashed" ? [clientId] : []))));
  const underPointer = wiresOf(wires, hovered);
  const brought = underPointer.length > 0 ? underPointer : wiresOf(wires, selected);
  return (
    <ViewportPortal>
      <svg className={`scene-wires ${brought.length > 0 ? "scene-wires-muted" : ""}`} aria-hidden="true">
        <Strokes strokes={wires.strokes} />
        {wires.wires
          .filter(({ client }) => crashed.includes(client.id))
          .map((wire) => (
            <path key={wire.id} className="scene-wire-broken" d={pathOf(wire.points.slice((wire.points.length >> 2) * 2))} />
          ))}
        {brought.length > 0 && <Brought wires={brought} strokes={wires.strokes} bounds={bounds} />}
        <Hits wires={wires.wires} />
      </svg>
    </ViewportPortal>
  );
});

/** What the pointer meets: of wires of one client that run alike, as to a topic that is one line, there is one. */
const Hits = memo(function Hits({ wires }: { readonly wires: readonly Wire[] }): ReactNode {
  const apart = new Map(wires.map((wire) => [`${wire.client.kind} ${wire.client.id} ${pathOf(wire.points)}`, wire]));
  return Array.from(apart.values(), (wire) => (
    <path key={wire.id} className="scene-wire-hit" d={pathOf(wire.points)} onPointerEnter={() => setHovered(wire.client)} onPointerLeave={() => setHovered(null)} />
  ));
});

function Strokes({ strokes }: { readonly strokes: readonly Stroke[] }): ReactNode {
  return strokes.map((stroke) => (
    <path
      key={`${stroke.kind} ${stroke.id}`}
      className={`scene-wire scene-wire-${stroke.kind}`}
      d={pathOf(stroke.points)}
      strokeDasharray={stroke.kind === "subscription" ? undefined : groupDash(stroke.letter ?? 0)}
    />
  ));
}

/** Some wires brought out: the same strokes in ink, seen only along those wires, so that dashes that wires share stay dashes. */
function Brought({ wires, strokes, bounds }: { readonly wires: readonly Wire[]; readonly strokes: readonly Stroke[]; readonly bounds: Box }): ReactNode {
  const id = useId();
  const groups = new Set(wires.map((wire) => `${wire.kind} ${wire.letter}`));
  const margin = 200;
  const area = { x: bounds.x - margin, y: bounds.y - margin, width: bounds.width + 2 * margin, height: bounds.height + 2 * margin };
  return (
    <g className="scene-wires-brought">
      <mask id={id} maskUnits="userSpaceOnUse" {...area}>
        {wires.map((wire) => (
          <path key={wire.id} d={pathOf(wire.points)} />
        ))}
      </mask>
      <g mask={`url(#${id})`}>
        <Strokes strokes={strokes.filter((stroke) => groups.has(`${stroke.kind} ${stroke.letter}`))} />
      </g>
    </g>
  );
}

function wiresOf({ wires }: SceneWires, marked: Selection | null): readonly Wire[] {
  const node = marked && kindNamed(marked.kind)?.node;
  return node ? wires.filter((wire) => node.hasWire(wire, marked)) : [];
}
