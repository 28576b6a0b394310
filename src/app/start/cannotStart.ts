import { useTopiq } from "../../store/topiqStore";

/** The words of index.html, kept before the first drawing takes their place. */
const words = document.querySelector(".start-words");

/** Shows the static words in place of the page: it cannot start here. Who waits for it is told why. */
export function cannotStart(reason: unknown): void {
  useTopiq.setState({ crash: reason instanceof Error ? reason.message : String(reason) });
  document.documentElement.dataset["start"] = "failed";
  if (!words) return;
  words.setAttribute("role", "alert");
  document.body.replaceChildren(words);
}
