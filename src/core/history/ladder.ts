/**
 * The place in a rising row of event counts that is missed least: without it the gap is the smallest that there could be. So checkpoints
 * that are thinned stay evenly spread over a run, however long it grows. The first and the last stay; -1 where nothing lies between.
 */
export function leastMissed(counts: readonly number[]): number {
  let least = -1;
  let smallest = Infinity;
  for (let at = 1; at + 1 < counts.length; at++) {
    const gap = (counts[at + 1] as number) - (counts[at - 1] as number);
    if (gap < smallest) [least, smallest] = [at, gap];
  }
  return least;
}
