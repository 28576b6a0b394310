import { limitInWords } from "../actions/problems";
import type { Notice, WorkerMessage } from "../bridge/messages";
import { tDynamic } from "../i18n/t";
import { applyFrame, setView, useTopiq } from "../store/topiqStore";
import { useOpening } from "./opening";

/** Takes every message of the simulation worker into the store. The one place where they arrive. */
export function receive(message: WorkerMessage): void {
  switch (message.type) {
    case "submitted":
    case "queried":
      // Answers go to who asked.
      return;
    case "frame":
      applyFrame(message);
      return;
    case "opened":
      useTopiq.setState({ scenario: message.scenario, origin: message.origin, notices: message.notices, image: null, timeline: null, crash: null, selection: [] });
      useOpening.setState({ problem: null });
      message.notices.forEach(tell);
      return;
    case "storage":
      useTopiq.setState({ storage: message.status });
      return;
    case "notice":
      useTopiq.setState(({ notices }) => ({ notices: [...notices, message.notice].slice(-MAX_NOTICES) }));
      tell(message.notice);
      return;
    case "crashed":
      useTopiq.setState({ crash: message.message });
  }
}

const MAX_NOTICES = 20;

function tell({ id, params }: Notice): void {
  setView({ toast: { text: tDynamic(`notice.${id}`, limitInWords(params)), action: null } });
}
