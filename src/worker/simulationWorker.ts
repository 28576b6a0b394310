import type { PageMessage, WorkerMessage } from "../bridge/messages";
import { Place } from "./place";
import { RunShelf } from "./runShelf";
import { FRAME_MS } from "./screen";

/** The simulation worker: worlds by id, under one wall clock. */
const places = new Map<number, Place>();

self.onmessage = ({ data }: MessageEvent<PageMessage>) => placeOf(data.worldId).handle(data);

setInterval(() => {
  for (const place of places.values()) place.tick();
}, FRAME_MS);

function placeOf(worldId: number): Place {
  const known = places.get(worldId);
  if (known) return known;
  const shelf = new RunShelf((reason) => place.lost(reason));
  const place = new Place(worldId, {
    post: (message) => postMessage(message satisfies WorkerMessage),
    nowMs: () => performance.now(),
    later: (act, delayMs) => void setTimeout(act, delayMs),
    shelf,
  });
  places.set(worldId, place);
  return place;
}
