import { useReactFlow } from "@xyflow/react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Size } from "../layout/geometry";
import type { SceneLayout } from "../layout/scenePlan";
import { type Easing, easeViewport } from "./easeViewport";
import { fittingViewport, type Insets } from "./fitView";

/** Fits the scene whenever the canvas or the topology changes, until a person pans or zooms. */
export function useFit(layout: SceneLayout, size: Size, insets: Insets, topologyKey: string, documentKey: string, from: "start" | "end") {
  const flow = useReactFlow();
  const [ready, setReady] = useState(false);
  const [moved, setMoved] = useState(false);
  const latest = useRef(layout);
  useLayoutEffect(() => {
    latest.current = layout;
  }, [layout]);
  const isEmpty = Object.keys(layout.boxes).length === 0;
  const first = useRef(true);
  const easing = useRef<Easing | null>(null);
  const arrive = useCallback(() => easing.current?.arrive(), []);
  const viewport = fittingViewport(layout.bounds, size, insets);
  const ease = useCallback(
    (durationMs: number) => easeViewport(flow, fittingViewport(latest.current.bounds, size, insets, from), durationMs),
    [flow, size, insets, from],
  );
  useEffect(() => setMoved(false), [documentKey]);
  useLayoutEffect(() => {
    first.current = true;
  }, [size]);
  useLayoutEffect(() => {
    // What comes first stands at its place at once, before it is painted: nothing moves from an empty canvas.
    if (!ready || moved || size.width === 0 || isEmpty) return undefined;
    const under = ease(first.current || window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 250);
    first.current = false;
    easing.current = under;
    return under.stop;
  }, [ready, moved, isEmpty, ease, topologyKey, size]);
  return {
    /** Whether the camera can be moved: what is drawn earlier would stand somewhere else. */
    ready,
    /** Whether a person has panned or zoomed; `again` goes back to fitting. */
    moved,
    /** Is there at once, where it is on its way. */
    arrive,
    byHand: () => setMoved(true),
    again: () => {
      setMoved(false);
      if (!moved) ease(0);
    },
    viewport,
    zoom: viewport.zoom,
    onInit: () => setReady(true),
    onMove: (event: MouseEvent | TouchEvent | null) => {
      if (event) setMoved(true);
    },
  };
}
