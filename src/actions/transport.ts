import type { Marker } from "../core/picture/image";
import { useTopiq } from "../store/topiqStore";
import { move, type Moved, seek, send } from "./simulation";

/** Speeds offered, virtual seconds a second. */
export const speeds: readonly number[] = [0.1, 0.25, 0.5, 1, 2, 5, 10, 25, 50, 100];

export function play(): void {
  send({ type: "play" });
}

export function pause(): void {
  send({ type: "pause" });
}

/** To the next event, or back to the one before. The run stands still after it. */
export function step(direction: 1 | -1): Promise<Moved> {
  return move({ type: "step", direction });
}

export function setSpeed(speed: number): void {
  send({ type: "setSpeed", speed });
}

/** The speed next to the current one in the list. */
export function neighbouringSpeed(current: number, direction: 1 | -1): number {
  const faster = speeds.find((speed) => speed > current);
  const slower = speeds.findLast((speed) => speed < current);
  return (direction === 1 ? faster : slower) ?? current;
}

/** The run's marks, and one at the moment that somebody shared. */
export function withShared(markers: readonly Marker[], sharedUs: number | null): readonly Marker[] {
  if (sharedUs === null) return markers;
  const shared: Marker = { timeUs: sharedUs, narration: { id: "run.shared", params: {} }, severity: "info" };
  return [...markers, shared].toSorted((one, other) => one.timeUs - other.timeUs);
}

/** Seeks to the marker before or after the moment shown. */
export function seekMarker(direction: 1 | -1): void {
  const target = neighbouringMarker(direction);
  if (target) void seek(target.timeUs);
}

export function neighbouringMarker(direction: 1 | -1): Marker | undefined {
  const { timeline, playback, sharedUs } = useTopiq.getState();
  if (!timeline || !playback) return undefined;
  const markers = withShared(timeline.markers, sharedUs);
  if (direction === 1) return markers.find((marker) => marker.timeUs > playback.timeUs);
  // While playing, time has moved on a little since the marker was reached: pressing again must go one further back.
  const graceUs = playback.playing ? Math.round(playback.speed * 500_000) : 0;
  return markers.findLast((marker) => marker.timeUs < playback.timeUs - graceUs && marker.timeUs >= playback.oldestReachableUs);
}
