import { useStore } from "@xyflow/react";
import { useCallback, useEffect, useMemo } from "react";
import { entityName } from "../../actions/entities/entities";
import { allKinds, homeIn, kindNamed } from "../../actions/entities/kindTable";
import { send } from "../../actions/simulation";
import type { LookedAt } from "../../bridge/messages";
import { type TopiqState, useTopiq } from "../../store/topiqStore";
import type { Box, Size } from "../layout/geometry";
import type { SceneLayout } from "../layout/scenePlan";
import { type SceneStructure, shapesOf } from "../layout/sceneStructure";
import type { Looked } from "../nodes/kindNode";
import { isNearBy } from "./nearBy";

/** Up to so many partitions, producers and consumers, pictures have the records of all: a script that reads them finds them there. */
const FEW = 48;

interface Card {
  readonly box: Box;
  readonly looked: Looked;
}

/** Tells the worker of whose records the canvas and the panels show anything, so that in a large scene it draws no others. Shows nothing itself. */
export function LookedAtParts({ whole, structure, layout, size }: { readonly whole: SceneStructure; readonly structure: SceneStructure; readonly layout: SceneLayout; readonly size: Size }): null {
  const cards = useMemo(() => cardsOf(structure, layout), [structure, layout]);
  const near = useStore(useCallback(({ transform }: { readonly transform: readonly [number, number, number] }) => cards.map(({ box }) => (isNearBy(box, transform, size) ? "1" : "0")).join(""), [cards, size]));
  const chosen = useTopiq(chosenKey);
  const key = useMemo(() => {
    const shown = cards.flatMap(({ looked }, at) => (near[at] === "1" ? [looked] : []));
    return JSON.stringify(isSmall(whole) ? null : together([...shown, ...(JSON.parse(chosen) as Looked[])])); // written just below
  }, [whole, cards, near, chosen]);
  useEffect(() => send({ type: "look", at: JSON.parse(key) as LookedAt | null }), [key]); // written just above
  return null;
}

function isSmall({ topics, producers, groups }: SceneStructure): boolean {
  return topics.reduce((sum, { partitions }) => sum + partitions, 0) + producers.length + groups.reduce((sum, { members }) => sum + members.length, 0) <= FEW;
}

function cardsOf(structure: SceneStructure, { boxes }: SceneLayout): readonly Card[] {
  return allKinds().flatMap(({ name, field, node }) =>
    shapesOf(structure, field).flatMap((shape) => {
      const [looked, box] = [node.looks?.(shape), boxes[entityName(name, shape.id)]];
      return looked && box ? [{ looked, box }] : [];
    }),
  );
}

/** Where nothing is selected, the panels show what is looked at first. */
function chosenKey({ selection, image }: TopiqState): string {
  if (!image) return "[]";
  const shown = [...selection, homeIn(image)].filter((one) => one !== null);
  return JSON.stringify(shown.map((one) => kindNamed(one.kind)?.node.chosenLooks?.(one, image) ?? {}));
}

function together(all: readonly Looked[]): LookedAt {
  const named = (field: keyof LookedAt): readonly string[] => [...new Set(all.flatMap((looked) => looked[field] ?? []))];
  return { partitions: named("partitions"), producers: named("producers"), consumers: named("consumers") };
}
