import { type RefObject, useEffect, useMemo, useState } from "react";
import { useKindTable } from "../../actions/entities/kindTable";
import type { ClusterImage } from "../../core/picture/image";
import { type TopiqState, useTopiq } from "../../store/topiqStore";
import { chosenParts } from "./chosenParts";
import { type ChosenParts, type SceneDetail, sceneDetails } from "./sceneDetail";
import type { Point, Size } from "./geometry";
import { type ArrangedScene, arrangeScene } from "./sceneLayout";
import { emptyStructure, isAnyHidden, readStructure, type SceneStructure } from "./sceneStructure";

/** The scene's structure, the same object until something was added, removed, connected or assigned. */
export function useStructure(): { readonly structure: SceneStructure; readonly key: string } {
  const kinds = useKindTable();
  const key = useTopiq((state) => structureKey(state.image, kinds));
  // The key is the structure's own JSON.
  const structure = useMemo(() => JSON.parse(key) as SceneStructure, [key]);
  return { structure, key };
}

const emptyKey = JSON.stringify(emptyStructure);
let lastKey: { readonly image: ClusterImage | null; readonly kinds: unknown; readonly key: string } = { image: null, kinds: null, key: emptyKey };

function structureKey(image: ClusterImage | null, kinds: unknown): string {
  if (image !== lastKey.image || kinds !== lastKey.kinds) lastKey = { image, kinds, key: image ? JSON.stringify(readStructure(image)) : emptyKey };
  return lastKey.key;
}

interface Arranged {
  readonly details: readonly SceneDetail[];
  readonly available: Size;
  readonly saved: Readonly<Record<string, Point>>;
  readonly documentKey: string;
  readonly scene: ArrangedScene;
}

/** The scene as it is drawn; what was placed before stays where it is as long as it is the same document. */
export function useArranged(details: readonly SceneDetail[], available: Size, saved: Readonly<Record<string, Point>>, documentKey: string): ArrangedScene {
  const [arranged, setArranged] = useState<Arranged | null>(null);
  if (arranged?.details === details && arranged.available === available && arranged.saved === saved && arranged.documentKey === documentKey) return arranged.scene;
  const isSameScene = arranged?.documentKey === documentKey && Object.keys(arranged.scene.layout.boxes).length > 0;
  const scene = arrangeScene(details, available, saved, isSameScene ? arranged : null);
  setArranged({ details, available, saved, documentKey, scene });
  return scene;
}

/** In how much detail the scene may be drawn, the richest first; `isWhole` asks for everything, however much room that takes. */
export function useDetails(structure: SceneStructure, isWhole: boolean): readonly SceneDetail[] {
  const key = useTopiq(chosenKey);
  return useMemo(() => {
    const details = sceneDetails(structure, JSON.parse(key) as ChosenParts); // written just above
    return isWhole ? details.filter((detail) => !isAnyHidden(detail.structure)) : details;
  }, [structure, key, isWhole]);
}

function chosenKey(state: TopiqState): string {
  return JSON.stringify(chosenParts(state));
}

/** The element's size in CSS pixels, followed. */
export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      // A sheet has a size of its own, and the scene is laid out for the screen.
      if (!entry || window.matchMedia("print").matches) return;
      const { width, height } = entry.contentRect;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
