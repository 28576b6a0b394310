import type { Messages } from "../en/messages";
import { actionMessages } from "./actions";
import { canvasMessages } from "./canvas";
import { narrationMessages } from "./narration";
import { panelMessages } from "./panels";
import { shellMessages } from "./shell";

export const ko: Messages = { ...shellMessages, ...actionMessages, ...canvasMessages, ...panelMessages, ...narrationMessages };
