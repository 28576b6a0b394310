import type { Page } from "@playwright/test";

/** How long the page's own thread is busy while something else goes on, ms of each second; timers, layout and drawing included. */
export async function mainThreadBusy<Value>(page: Page, work: () => Promise<Value>): Promise<{ readonly value: Value; readonly msPerSecond: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const read = async (): Promise<{ readonly busy: number; readonly at: number }> => {
    const { metrics } = await session.send("Performance.getMetrics");
    const metric = (name: string): number => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
    return { busy: metric("TaskDuration"), at: metric("Timestamp") };
  };
  const before = await read();
  const value = await work();
  const after = await read();
  await session.detach();
  return { value, msPerSecond: ((after.busy - before.busy) / (after.at - before.at)) * 1000 };
}
