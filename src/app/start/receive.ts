import { rememberRunHere } from "../../actions/preferences";
import { limitInWords, tell } from "../../actions/problems";
import { send } from "../../actions/simulation";
import { forgetUndo } from "../../actions/undo";
import type { Notice, WorkerMessage } from "../../bridge/messages";
import { tDynamic } from "../../i18n/t";
import { applyFrame, useTopiq } from "../../store/topiqStore";

/** Takes every message of the simulation worker into the store. The one place where they arrive. */
export function receive(message: WorkerMessage): void {
  switch (message.type) {
    case "submitted":
    case "moved":
    case "kept":
    case "queried":
    case "gone":
    case "refused":
      // Answers go to who asked.
      return;
    case "frame":
      applyFrame(message);
      whenDrawn(() => send({ type: "frameTaken" }));
      return;
    case "opened":
      forgetUndo();
      useTopiq.setState({ scenario: message.scenario, origin: message.origin, sharedUs: message.sharedUs, notices: message.notices, image: null, timeline: null, winding: null, unopened: null, crash: null, selection: [] });
      message.notices.forEach(tellNotice);
      return;
    case "winding":
      useTopiq.setState({ winding: message.winding });
      return;
    case "storage":
      useTopiq.setState({ storage: message.status });
      if (message.status.state === "saved") rememberRunHere(message.status.runId);
      return;
    case "notice":
      useTopiq.setState(({ notices }) => ({ notices: [...notices, message.notice].slice(-MAX_NOTICES) }));
      tellNotice(message.notice);
      return;
    case "crashed":
      useTopiq.setState({ crash: message.message, winding: null });
  }
}

const MAX_NOTICES = 20;

function tellNotice({ id, params }: Notice): void {
  void tell(() => tDynamic(`notice.${id}`, limitInWords(params)));
}

/** Wall ms after which a page that does not draw, because nobody sees it, is not waited for. */
const UNSEEN_MS = 1000;

/** Once the browser has drawn what was just taken in. */
function whenDrawn(act: () => void): void {
  let isDone = false;
  const once = (): void => {
    if (!isDone) act();
    isDone = true;
  };
  if (document.hidden) return void setTimeout(once);
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, UNSEEN_MS);
}
