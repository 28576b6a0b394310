import { actionMessages } from "./actions";
import { canvasMessages } from "./canvas";
import { narrationMessages } from "./narration";
import { panelMessages } from "./panels";
import { shellMessages } from "./shell";

export const en = { ...shellMessages, ...actionMessages, ...canvasMessages, ...panelMessages, ...narrationMessages };
export type Messages = Record<keyof typeof en, string>;
