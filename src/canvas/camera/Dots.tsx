import { useStoreApi } from "@xyflow/react";
import { type ReactNode, useLayoutEffect, useRef } from "react";

/** CSS pixels of the graph from one dot to the next, and across a dot. */
const GAP = 22;
const SIZE = 2.2;

/**
 * The dots behind the graph. They are painted once for a zoom, and moved from then on: while the graph is dragged nothing is painted for
 * them. Each covers its neighbour's place when it has moved by a whole gap.
 */
export function Dots(): ReactNode {
  const dots = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  useLayoutEffect(() => {
    let drawnZoom = 0;
    const place = ({ transform: [x, y, zoom] }: { readonly transform: readonly [number, number, number] }): void => {
      if (!dots.current) return;
      const { style } = dots.current;
      // Browsers repeat a background by whole pixels of the screen, and move by those with the least work.
      const whole = (length: number): number => Math.round(length * devicePixelRatio) / devicePixelRatio;
      const gap = Math.max(1, whole(GAP * zoom));
      if (zoom !== drawnZoom) {
        drawnZoom = zoom;
        style.backgroundSize = `${gap}px ${gap}px`;
        style.setProperty("--dot-radius", `${(SIZE / 2) * zoom}px`);
      }
      style.transform = `translate(${whole(x % gap)}px, ${whole(y % gap)}px)`;
    };
    place(store.getState());
    return store.subscribe(place);
  }, [store]);
  return <div ref={dots} className="scene-dots" aria-hidden="true" />;
}
