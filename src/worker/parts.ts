import type { biography } from "../core/history/biography";
import type { Command } from "../core/world/command";
import type { ClusterSpec } from "../core/world/spec";
import { isQueueCommand } from "../scenario/commandKinds";

let hasQueues = false;

/** Whether something needs a part of the worker that has not come yet. */
export function lacksPart(command: Pick<Command, "type">): boolean {
  return !hasQueues && isQueueCommand(command.type);
}

/** Loads what a world needs beyond the start of the worker: the RabbitMQ broker is a chunk of its own, with what is said of programs that fail as its do. */
export async function loadPartsFor({ amqp, producers, consumers }: Pick<ClusterSpec, "amqp" | "producers" | "consumers">, commands: readonly Pick<Command, "type">[]): Promise<void> {
  if (amqp || consumers.some(({ processing }) => processing.workers) || producers.some(({ publishes }) => publishes) || commands.some(({ type }) => isQueueCommand(type))) await loadQueues();
}

/** Loads what a command needs. */
export async function loadPartOf({ type }: Pick<Command, "type">): Promise<void> {
  if (isQueueCommand(type)) await loadQueues();
}

/** What looks for a record's way, which only a question asks for; null where it cannot be loaded: then nothing is known, and the next question asks again. */
export function loadBiography(): Promise<typeof biography | null> {
  return import("../core/history/biography").then(
    (part) => part.biography,
    () => null,
  );
}

async function loadQueues(): Promise<void> {
  if (hasQueues) return;
  const { addQueuePart } = await import("../core/world/queuePart");
  addQueuePart();
  hasQueues = true;
}
