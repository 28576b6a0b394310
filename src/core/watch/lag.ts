import type { LagSeries } from "../picture/image";

/** Lag of each group over virtual time: a sample every `intervalUs`. When the cap is reached every second sample goes and the interval doubles. */
export interface LagSamples {
  intervalUs: number;
  readonly timesUs: number[];
  /** By group.id, and by queue; as long as `timesUs`; null while the group or queue was not there. */
  readonly groups: Map<string, (number | null)[]>;
}

const FIRST_INTERVAL_US = 500_000;
const MOST_SAMPLES = 1200;

export function lagSamples(): LagSamples {
  return { intervalUs: FIRST_INTERVAL_US, timesUs: [], groups: new Map() };
}

/** Notes the lag of all groups that exist now. */
export function sampleLag(samples: LagSamples, timeUs: number, lags: ReadonlyMap<string, number>): void {
  if (samples.timesUs.length >= MOST_SAMPLES) thin(samples);
  const before = samples.timesUs.length;
  samples.timesUs.push(timeUs);
  for (const groupId of lags.keys()) if (!samples.groups.has(groupId)) samples.groups.set(groupId, new Array<null>(before).fill(null));
  for (const [groupId, series] of samples.groups) series.push(lags.get(groupId) ?? null);
}

export function lagSeries(samples: LagSamples): LagSeries {
  return { timesUs: samples.timesUs.slice(), groups: new Map([...samples.groups].map(([groupId, series]) => [groupId, series.slice()])) };
}

function thin(samples: LagSamples): void {
  const keepEven = <T>(items: T[]): void => {
    items.splice(0, items.length, ...items.filter((_, index) => index % 2 === 0));
  };
  keepEven(samples.timesUs);
  for (const series of samples.groups.values()) keepEven(series);
  samples.intervalUs *= 2;
}
