import { lastRunHere } from "../../actions/preferences";
import { leaveAddress, loadPreset, openForeign } from "../../actions/sharing";
import { openWorld } from "../../actions/simulation";
import type { OpeningProblem } from "../../bridge/messages";
import { loadWords } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import type { PageAddress } from "./address";

/** Opens what the address asks for: a link, a preset, or else the saved run or the first preset. */
export async function openAddress({ fragment, preset, embed }: PageAddress, playing: boolean): Promise<void> {
  useTopiq.setState({ unopened: null });
  if (fragment !== "") return await tell(await openForeign(fragment, playing));
  const scenario = await loadPreset(preset);
  if (!scenario) useTopiq.setState({ unopened: { reason: "unknownPreset", params: { name: preset ?? "" } } });
  else if (preset === null) await tell(await openWorld({ kind: "saved", runId: null, lastHere: lastRunHere(), otherwise: scenario }, playing));
  else {
    await tell(await openWorld({ kind: "document", document: scenario, isForeign: false }, playing));
    if (!embed) leaveOnceChanged();
  }
}

/** Once somebody has done something in a scene of the page, its address would open it without that, in place of the work that is kept. */
function leaveOnceChanged(): void {
  const address = location.href;
  const stop = useTopiq.subscribe(({ playback, storage }) => {
    if (location.href === address && (!playback || playback.journalLength === 0)) return;
    stop();
    if (location.href === address && storage.state === "saved") leaveAddress();
  });
}

/** What was cancelled is no failure where something else is open. */
async function tell(problem: OpeningProblem | null): Promise<void> {
  if (!problem || problem.reason === "superseded" || (problem.reason === "cancelled" && useTopiq.getState().image)) return;
  // Where the words for what is wrong cannot be loaded, the rest says enough.
  await loadWords("problems").catch(() => undefined);
  useTopiq.setState({ unopened: problem });
}
