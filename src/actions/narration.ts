import type { Narration } from "../core/picture/image";
import { formatNumber } from "../i18n/formatNumber";
import { type Params, t, tDynamic } from "../i18n/t";
import { useTopiq } from "../store/topiqStore";
import { displayName } from "./entities/entities";
import { allKinds, lacksKinds } from "./entities/kindTable";
import { limitInWords } from "./problems";

/** A sentence of the core in words, with `**bold**` marks. What only some of its kind say (why an application ended, how long a pause was) is put in. */
export function narrationText({ id, params }: Narration): string {
  return sayDynamic(id, inWords(params)).trim();
}

/** Words for what the core says; nothing while they are still to come with their kinds. */
function sayDynamic(key: string, params: Params): string {
  const text = tDynamic(key, params);
  const { image } = useTopiq.getState();
  return text === key && image && lacksKinds(image) ? "" : text;
}

/** A sentence's parameters as people read them: things by the names that they have on the screen, and numbers in groups of three. */
export function asShown(params: Params): Params {
  const state = useTopiq.getState();
  const shown = Object.entries(params).map(([name, value]) => {
    if (typeof value === "number") return [name, value < 1000 || name === "offset" ? value : formatNumber(value)];
    const kinds = allKinds().filter(({ params: named }) => named.includes(name));
    return [name, kinds.reduce((found, kind) => (found === value ? displayName(state, kind.name, String(value)) : found), value)];
  });
  return Object.fromEntries(shown);
}

function inWords(given: Params): Params {
  const { exception, pauseMs } = given;
  const params = asShown(given);
  const key = `because.${exception}`;
  const because = exception === undefined ? null : tDynamic(key, params);
  const pause = Number(pauseMs) > 0 ? t("pause", { seconds: Math.round(Number(pauseMs) / 10) / 100 }) : "";
  return { ...limitInWords(params), because: because === key ? "" : (because ?? ""), pause };
}
