import { invalid, refuse, type ScenarioProblem } from "./problem";
import { scenarioLimits } from "./scenarioLimits";

/** The value of a JSON text that may be anybody's. What no honest text is, too long, too deep or of too many parts, is refused before it costs any time. */
export function readJson(text: string, maxLength: number, unreadable: ScenarioProblem): unknown {
  const problem = text.length > maxLength ? invalid("", "tooMany", { max: maxLength }) : shapeProblem(text);
  if (problem) return refuse(problem);
  try {
    return JSON.parse(text);
  } catch {
    return refuse(unreadable);
  }
}

/** Looks at brackets and colons only: lists, objects and their fields are what takes time to make. */
function shapeProblem(text: string): ScenarioProblem | null {
  const { maxJsonDepth, maxJsonParts } = scenarioLimits;
  let depth = 0;
  let parts = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = closingQuote(text, at);
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
    else if (code === OPEN_LIST || code === OPEN_OBJECT || code === COLON) {
      if (code !== COLON && ++depth > maxJsonDepth) return invalid("", "tooDeep", { max: maxJsonDepth });
      parts += code === COLON ? 2 : 1;
      if (parts > maxJsonParts) return invalid("", "tooMany", { max: maxJsonParts });
    }
  }
  return null;
}

function closingQuote(text: string, opening: number): number {
  let at = opening + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
