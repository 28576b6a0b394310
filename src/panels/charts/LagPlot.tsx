import { useEffect, useLayoutEffect, useRef, type ReactNode } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatTimeMs } from "../inspector/parts/formatTime";
import type { LagData } from "./lagData";

export interface LagPlotProps {
  readonly data: LagData;
  readonly nowSeconds: number;
}

const HEIGHT = 190;

/** The drawing. Its lines are fixed when it is mounted: mount it anew (by key) for other groups or another theme. */
export function LagPlot({ data, nowSeconds }: LagPlotProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ data, nowSeconds });
  useLayoutEffect(() => {
    latest.current = { data, nowSeconds };
  });

  useEffect(() => {
    const host = element.current;
    if (!host) return;
    const made = new uPlot(plotOptions(host, latest), plotData(latest.current.data), host);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: host.clientWidth, height: HEIGHT }));
    observer.observe(host);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, []);
  // New data draws everything, the marks and the moment that is shown included.
  useEffect(() => plot.current?.setData(plotData(data)), [data, nowSeconds]);

  return <div ref={element} aria-hidden="true" />;
}

type Latest = { readonly current: LagPlotProps };

function plotData(data: LagData): uPlot.AlignedData {
  return [[...data.timesSeconds], ...data.lines.map((line) => [...line.values])];
}

function plotOptions(host: HTMLElement, latest: Latest): uPlot.Options {
  const styles = getComputedStyle(host);
  const colour = (name: string): string => styles.getPropertyValue(name).trim();
  const axis = { stroke: colour("--ink-3"), font: `11px ${colour("--mono")}`, grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  return {
    width: host.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    padding: [18, 18, 0, 0],
    scales: { x: { time: false }, y: { range: (_plot, _min, max) => [0, Math.max(4, Math.ceil((max ?? 0) * 1.1))] } },
    axes: [
      { ...axis, space: 64, size: 26, values: (_plot, splits) => splits.map((seconds) => formatTimeMs(seconds * 1000).slice(0, 5)) },
      { ...axis, space: 30, size: 42, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1e5, 1e6], values: (_plot, splits) => splits.map(String) },
    ],
    series: [
      {},
      ...latest.current.data.lines.map((line) => ({ stroke: colour("--grp"), width: 1.8, dash: [...line.dash], points: { show: false }, spanGaps: false })),
    ],
    hooks: { draw: [(plot) => drawMarks(plot, latest.current, colour)] },
  };
}

/** The numbered marks, the moment that is shown, and each line's letter at its end. */
function drawMarks(plot: uPlot, { data, nowSeconds }: LagPlotProps, colour: (name: string) => string): void {
  const { ctx } = plot;
  const scale = devicePixelRatio;
  const { top, height, left, width } = plot.bbox;
  ctx.save();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const vertical = (seconds: number, stroke: string, dash: number[]): number | null => {
    const x = plot.valToPos(seconds, "x", true);
    if (x < left - 1 || x > left + width + 1) return null;
    ctx.strokeStyle = stroke;
    ctx.lineWidth = scale;
    ctx.setLineDash(dash.map((length) => length * scale));
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, top + height);
    ctx.stroke();
    return x;
  };
  ctx.font = `600 ${10 * scale}px ${colour("--mono")}`;
  let labelEnd = -Infinity;
  for (const { number, timeSeconds, marker } of data.markers) {
    const stroke = marker.severity === "bad" ? colour("--bad") : colour("--ink-3");
    const x = vertical(timeSeconds, stroke, [1, 3]);
    // A label that would lie on the one before it is left to the list; its line stays.
    if (x === null || x < labelEnd) continue;
    ctx.fillStyle = stroke;
    ctx.fillText(String(number), x, top - 8 * scale);
    labelEnd = x + 13 * scale;
  }
  ctx.fillStyle = colour("--ink");
  vertical(nowSeconds, colour("--accent"), []);
  for (const line of data.lines) {
    const last = line.values.findLastIndex((value) => value !== null);
    const value = line.values[last];
    const seconds = data.timesSeconds[last];
    if (value === null || value === undefined || seconds === undefined) continue;
    ctx.fillText(line.letter, plot.valToPos(seconds, "x", true) + 9 * scale, plot.valToPos(value, "y", true));
  }
  ctx.restore();
}
