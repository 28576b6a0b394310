import type { Processing } from "../../core/apps/program";

/** The topics to which a program sends records on: those that it sets aside, and those that went well. */
export function sendsTo({ rescue, forwardTo }: Processing): readonly string[] {
  return [...new Set([...(rescue?.giveUp === "forward" ? (rescue.topics ?? []) : []), ...(forwardTo === undefined ? [] : [forwardTo])])];
}
