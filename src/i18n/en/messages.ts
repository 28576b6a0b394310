import { actionMessages } from "./actions";
import { canvasMessages } from "./canvas";
import { narrationMessages } from "./narration";
import { shellMessages } from "./shell";

/** The words of the first picture. */
export const en = { ...shellMessages, ...actionMessages, ...canvasMessages, ...narrationMessages };
