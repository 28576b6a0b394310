import { useSyncExternalStore } from "react";

/** Whether a media query holds now, followed; what holds for a sheet of paper does not count. */
export function useMedia(media: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(media);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => onScreen(media),
  );
}

const lastOnScreen = new Map<string, boolean>();

function onScreen(media: string): boolean {
  const last = lastOnScreen.get(media);
  if (last !== undefined && matchMedia("print").matches) return last;
  const { matches } = matchMedia(media);
  lastOnScreen.set(media, matches);
  return matches;
}
