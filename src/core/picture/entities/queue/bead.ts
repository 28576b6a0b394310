import type { Content } from "../../../queue/amqp/content";
import { keyColour, type KeyNumbers } from "../../../watch/keys";
import type { MessageBead } from "../../amqpImage";

/** A message as it is drawn, wherever it is. */
export function bead(keys: KeyNumbers, { properties, origin }: Content, place: number, redelivered: boolean): MessageBead {
  const key = properties.headers["key"] ?? null;
  const deaths = properties.deaths.reduce((sum, { count }) => sum + count, 0);
  return { place, sendNumber: origin?.sendNumber ?? -1, sender: origin?.publisher ?? -1, key, colour: keyColour(keys, key), redelivered, deaths };
}
