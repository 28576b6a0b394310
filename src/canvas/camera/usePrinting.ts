import { useReactFlow } from "@xyflow/react";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Box, Size } from "../layout/geometry";

/** CSS pixels of a landscape sheet (A4 or Letter, with margins of 10 mm) that the scene may fill; the title and the sentence have the rest. */
const SHEET: Size = { width: 960, height: 540 };

/** The size of the scene on the sheet while the page is printed, with all of it in view; else null. What was in view on the screen comes back. */
export function usePrinting(bounds: Box, arrive: () => void): Size | null {
  const flow = useReactFlow();
  const [sheet, setSheet] = useState<Size | null>(null);
  const latest = useRef(bounds);
  useEffect(() => {
    latest.current = bounds;
  }, [bounds]);
  useEffect(() => {
    const print = window.matchMedia("print");
    let before: ReturnType<typeof flow.getViewport> | null = null;
    const begin = (): void => {
      if (before) return;
      // A picture that is still on its way would go on over the sheet.
      arrive();
      before = flow.getViewport();
      const { x, y, width, height } = latest.current;
      const zoom = Math.min(SHEET.width / width, SHEET.height / height, 1);
      // The browser takes the page as it is when this returns.
      flushSync(() => setSheet({ width: Math.ceil(width * zoom), height: Math.ceil(height * zoom) }));
      flushSync(() => void flow.setViewport({ x: -x * zoom, y: -y * zoom, zoom }));
    };
    const end = (): void => {
      if (before) void flow.setViewport(before);
      before = null;
      setSheet(null);
    };
    const change = (): void => (print.matches ? begin() : end());
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    print.addEventListener("change", change);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
      print.removeEventListener("change", change);
    };
  }, [flow, arrive]);
  return sheet;
}
