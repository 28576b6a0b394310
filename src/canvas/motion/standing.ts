import type { MessageImage } from "../../core/picture/messageImage";
import type { Point } from "../layout/geometry";
import type { Wire } from "../wires/wire";

/** A record that stands still on its way. */
export interface StandingRecord extends Point {
  readonly id: string;
  /** 0 to 7 by key; -1 without one. */
  readonly colour: number;
  /** A message of AMQP, which is drawn as a bead. */
  readonly isBead: boolean;
}

/** What carries records, in the middle of its wires, with the colour of the first. */
export function standingRecords(messages: readonly MessageImage[], wires: readonly Wire[]): StandingRecord[] {
  return messages.flatMap(({ id, client, broker, parts }) =>
    parts.flatMap(({ topic, partition, colours: [colour] }) => {
      const wire = colour !== undefined && wires.find((candidate) => candidate.client.id === client && candidate.topic === topic && candidate.partition === partition);
      if (!wire) return [];
      const middle = Math.floor(wire.points.length / 4) * 2;
      return [{ id: `${id} ${wire.id}`, x: wire.points[middle]!, y: wire.points[middle + 1]!, colour, isBead: broker === null }];
    }),
  );
}
