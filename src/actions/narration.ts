import type { Narration } from "../core/cluster/image";
import { type Params, t, tDynamic } from "../i18n/t";
import { limitInWords } from "./problems";

/** A sentence of the core in words, with `**bold**` marks. What only some of its kind say (why an application ended, how long a pause was) is put in. */
export function narrationText({ id, params }: Narration): string {
  return tDynamic(id, inWords(params)).trim();
}

function inWords(params: Params): Params {
  const { exception, pauseMs } = params;
  const key = `because.${exception}`;
  const because = exception === undefined ? null : tDynamic(key, params);
  const pause = Number(pauseMs) > 0 ? t("pause", { seconds: Math.round(Number(pauseMs) / 10) / 100 }) : "";
  return { ...limitInWords(params), because: because === key ? "" : (because ?? ""), pause };
}
