import { type RefObject, useEffect, useMemo, useState } from "react";
import type { ClusterImage } from "../core/cluster/image";
import { useTopiq } from "../store/topiqStore";
import { arrangeScene, type Point, type SceneLayout, type Size } from "./sceneLayout";
import { readStructure, type SceneStructure } from "./sceneStructure";

/** The scene's structure, the same object until something was added, removed, connected or assigned. */
export function useStructure(): { readonly structure: SceneStructure; readonly key: string } {
  const key = useTopiq((state) => structureKey(state.image));
  // The key is the structure's own JSON.
  const structure = useMemo(() => JSON.parse(key) as SceneStructure, [key]);
  return { structure, key };
}

let lastKey: { readonly image: ClusterImage | null; readonly key: string } = { image: null, key: '{"producers":[],"topics":[],"groups":[]}' };
const emptyKey = lastKey.key;

function structureKey(image: ClusterImage | null): string {
  if (image !== lastKey.image) lastKey = { image, key: image ? JSON.stringify(readStructure(image)) : emptyKey };
  return lastKey.key;
}

interface Arranged {
  readonly structure: SceneStructure;
  readonly available: Size;
  readonly saved: Readonly<Record<string, Point>>;
  readonly documentKey: string;
  readonly layout: SceneLayout;
}

/** The scene's layout; what it placed before stays where it is as long as it is the same document. */
export function useLayout(structure: SceneStructure, available: Size, saved: Readonly<Record<string, Point>>, documentKey: string): SceneLayout {
  const [arranged, setArranged] = useState<Arranged | null>(null);
  if (arranged?.structure === structure && arranged.available === available && arranged.saved === saved && arranged.documentKey === documentKey) return arranged.layout;
  const isSameScene = arranged?.documentKey === documentKey && Object.keys(arranged.layout.boxes).length > 0;
  const layout = arrangeScene(structure, available, saved, isSameScene ? arranged : null);
  setArranged({ structure, available, saved, documentKey, layout });
  return layout;
}

/** The element's size in CSS pixels, followed. */
export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
