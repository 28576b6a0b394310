import { useEffect, useState } from "react";
import { useTopiq } from "../store/topiqStore";

/** True from when the first picture stands and the browser has nothing to do for it any more, or soon after. */
export function useSettled(): boolean {
  const pictured = useTopiq((state) => state.image !== null);
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    if (!pictured || isSettled) return undefined;
    const settle = (): void => setSettled(true);
    // Not every browser says when it is idle.
    if (!("requestIdleCallback" in window)) {
      const waiting = setTimeout(settle, SETTLING_MS);
      return () => clearTimeout(waiting);
    }
    const waiting = requestIdleCallback(settle, { timeout: SETTLING_MS });
    return () => cancelIdleCallback(waiting);
  }, [pictured, isSettled]);
  return isSettled;
}

const SETTLING_MS = 500;
