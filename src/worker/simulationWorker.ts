import type { PageMessage, WorkerMessage } from "../bridge/messages";
import { RunShelf } from "./runShelf";
import { FRAME_MS, World, type WorldHost } from "./world";

/** The simulation worker: worlds by id, under one wall clock. Messages for a world that is still opening wait for it. */
const worlds = new Map<number, Promise<World>>();
const open = new Map<number, World>();
const early = new Map<number, PageMessage[]>();

self.onmessage = ({ data }: MessageEvent<PageMessage>) => {
  if (data.type === "open") openWorld(data);
  else route(data);
};

setInterval(() => {
  for (const [worldId, world] of open) guarded(worldId, () => world.tick());
}, FRAME_MS);

function openWorld({ worldId, source, storage, playing }: Extract<PageMessage, { type: "open" }>): void {
  const before = worlds.get(worldId) ?? Promise.resolve(null);
  const opening = before.then((previous) => {
    const port = previous?.close() ?? null;
    open.delete(worldId);
    const shelf = previous?.shelf ?? new RunShelf((reason) => open.get(worldId)?.lost(reason));
    const host: WorldHost = { post: (message) => postMessage(message satisfies WorkerMessage), nowMs: () => performance.now(), shelf };
    return World.open(worldId, host, source, storage, playing).then((world) => {
      if (port) world.handle({ type: "motionPort", worldId, port });
      return world;
    });
  });
  worlds.set(worldId, opening);
  opening.then(
    (world) => {
      open.set(worldId, world);
      for (const message of early.get(worldId) ?? []) guarded(worldId, () => world.handle(message));
      early.delete(worldId);
    },
    (error: unknown) => crash(worldId, error),
  );
}

function route(message: PageMessage): void {
  const world = open.get(message.worldId);
  if (world) guarded(message.worldId, () => world.handle(message));
  else early.set(message.worldId, [...(early.get(message.worldId) ?? []), message]);
}

/** A broken invariant stops this world, says so, and leaves what was kept as it is. */
function guarded(worldId: number, act: () => void): void {
  try {
    act();
  } catch (error) {
    crash(worldId, error);
  }
}

function crash(worldId: number, error: unknown): void {
  open.delete(worldId);
  postMessage({ type: "crashed", worldId, message: error instanceof Error ? error.message : String(error) } satisfies WorkerMessage);
}
