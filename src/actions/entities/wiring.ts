import type { ClusterImage } from "../../core/picture/image";
import type { Command } from "../../core/world/command";
import type { EntityName } from "../../scenario/scenario";
import { parseEntity } from "./entities";
import type { WireKind, WiringRefusal } from "./entityKind";
import { kindNamed } from "./kindTable";

/** The command that joins two entities, given in either order. */
export function connectCommand(image: ClusterImage, from: EntityName, to: EntityName): Command | WiringRefusal {
  const wire = wireBetween(from, to) ?? wireBetween(to, from);
  return wire ? wire.kind.connect(image, wire.from, wire.to) : "noWire";
}

/** The command that takes a wire away. */
export function disconnectCommand(image: ClusterImage, from: EntityName, to: EntityName): Command | WiringRefusal {
  const wire = wireBetween(from, to) ?? wireBetween(to, from);
  return wire ? wire.kind.disconnect(image, wire.from, wire.to) : "noWire";
}

/** Whether a person may draw a wire from the one to the other. */
export function canDrawWire(from: EntityName, to: EntityName): boolean {
  return wireBetween(from, to)?.kind.isDrawn === true;
}

/** Commands that delete entities; what several of them hold goes once. */
export function deleteCommands(image: ClusterImage, entities: readonly EntityName[]): readonly Command[] {
  const commands = new Map<string, Command>();
  for (const name of entities) {
    const entity = parseEntity(name);
    if (!entity) continue;
    for (const command of kindNamed(entity.kind)?.remove(image, entity.id) ?? []) {
      const text = JSON.stringify(command);
      if (!commands.has(text)) commands.set(text, command);
    }
  }
  return [...commands.values()];
}

interface FoundWire {
  readonly kind: WireKind;
  readonly from: string;
  readonly to: string;
}

function wireBetween(from: EntityName, to: EntityName): FoundWire | null {
  const begin = parseEntity(from);
  const end = parseEntity(to);
  const kind = begin && end ? kindNamed(begin.kind)?.wires.find((wire) => wire.to === end.kind) : undefined;
  return begin && end && kind ? { kind, from: begin.id, to: end.id } : null;
}
