import type { Marker } from "../../core/picture/image";
import { asShown, narrationText } from "../../actions/narration";
import { tDynamic } from "../../i18n/t";
import { plainText } from "../../ui/RichText";

/** The few words at the marker. An event without words of its own has the bold part of its sentence. */
export function markerLabel({ narration }: Marker): string {
  const key = `marker.${narration.id}`;
  const short = tDynamic(key, asShown(narration.params));
  if (short !== key) return short;
  const sentence = narrationText(narration);
  return sentence.split("**")[1] ?? sentence;
}

/** The whole sentence. */
export function markerSentence({ narration }: Marker): string {
  return plainText(narrationText(narration));
}
