import { useStore } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { t } from "../../i18n/t";
import type { PartitionerPill } from "./wire";

interface PillLayerProps {
  readonly pills: readonly PartitionerPill[];
  readonly language: string;
}

/** The partitioners on the producers' wires. They lie over the tokens: a record goes in on one side and comes out on the other. */
export const PillLayer = memo(function PillLayer({ pills, language }: PillLayerProps): ReactNode {
  const [x, y, zoom] = useStore((state) => state.transform);
  return (
    <svg className="scene-pills" style={{ transform: `translate(${x}px, ${y}px) scale(${zoom})` }} aria-hidden="true" lang={language}>
      {pills.map((pill) => (
        <Pill key={`${pill.topic} ${pill.partitioner}`} pill={pill} />
      ))}
    </svg>
  );
});

function Pill({ pill }: { readonly pill: PartitionerPill }): ReactNode {
  const text = pill.partitioner === "keyed" ? "hash(key)" : "sticky";
  const width = text.length * 6.9 + 14;
  return (
    <g className="scene-pill" transform={`translate(${pill.x} ${pill.y})`}>
      <title>{t(pill.partitioner === "keyed" ? "canvas.pillKeyed" : "canvas.pillSticky")}</title>
      <rect x={-width / 2} y="-11.5" width={width} height="23" rx="8" />
      <text y="4" textAnchor="middle">
        {text}
      </text>
    </g>
  );
}
