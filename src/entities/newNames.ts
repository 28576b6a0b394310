import { idsOfKind } from "../actions/entities/entities";
import type { Entity } from "../actions/entities/entityKind";
import { userTopics } from "../actions/userTopics";
import type { ClusterImage } from "../core/picture/image";

/** `prefix` and the number after the highest one in use, or 1. */
export function freshName(prefix: string, taken: ReadonlySet<string>): string {
  let highest = 0;
  for (const name of taken) {
    const digits = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    if (/^\d{1,9}$/.test(digits)) highest = Math.max(highest, Number(digits));
  }
  return `${prefix}${highest + 1}`;
}

export function takenClients(image: ClusterImage): ReadonlySet<string> {
  return new Set([...image.producers.keys(), ...image.consumers.keys(), ...image.receivers.keys()]);
}

/** The topics that something new is joined to: the selected ones, or else the first. */
export function topicsFor(image: ClusterImage, selected: readonly Entity[]): readonly string[] {
  const chosen = idsOfKind(selected, "topic").filter((id) => image.topics.get(id)?.internal === false);
  return chosen.length > 0 ? chosen : userTopics(image).slice(0, 1);
}
