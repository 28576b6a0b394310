import type { en } from "../en/messages";
import { actionMessages } from "./actions";
import { canvasMessages } from "./canvas";
import { narrationMessages } from "./narration";
import { shellMessages } from "./shell";

export const ko: Record<keyof typeof en, string> = { ...shellMessages, ...actionMessages, ...canvasMessages, ...narrationMessages };
