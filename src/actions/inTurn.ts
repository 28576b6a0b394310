import { type TopiqState, useTopiq } from "../store/topiqStore";

let lastTurn: Promise<unknown> = Promise.resolve();

/** What is done quickly one after the other is done in turn: each takes its names and values from a picture that has the one before. */
export function inTurn<Result>(perform: (state: TopiqState) => Promise<Result>): Promise<Result> {
  const turn = lastTurn.then(() => perform(useTopiq.getState()));
  lastTurn = turn.catch(() => undefined);
  return turn;
}
