import type { ReactNode } from "react";
import { actions, performAction } from "../../actions/actions";
import { formatClock } from "../../actions/clock";
import { speeds } from "../../actions/transport";
import type { Playback } from "../../bridge/messages";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { IconButton } from "../../ui/Button";
import { StepBackIcon, StepForwardIcon } from "../../ui/icons";
import { Menu } from "../../ui/Menu";
import { PlayButton } from "./PlayButton";

/** Step back, play or pause, step forward, speed, and virtual time. */
export function Transport({ playback }: { readonly playback: Playback | null }): ReactNode {
  const state = useTopiq.getState();
  const speed = playback?.speed ?? 1;
  return (
    <div className="timeline-transport">
      <IconButton label={t("action.stepBack")} icon={<StepBackIcon />} disabled={!actions.stepBack.enabled(state)} onClick={() => void performAction("stepBack")} />
      <PlayButton playing={playback?.playing ?? false} disabled={!actions.playOrPause.enabled(state)} />
      <IconButton label={t("action.stepForward")} icon={<StepForwardIcon />} disabled={!actions.stepForward.enabled(state)} onClick={() => void performAction("stepForward")} />
      <Menu
        label={t("timeline.speed")}
        triggerClassName="ui-button timeline-speed"
        trigger={speedText(speed)}
        upwards
        items={speeds.map((value) => ({
          id: String(value),
          label: speedText(value),
          checked: value === speed,
          onSelect: () => void performAction("setSpeed", { speed: value }),
        }))}
      />
      <div className="timeline-clock">
        <span className="mono timeline-time" role="timer" aria-label={t("timeline.clock")}>
          {formatClock(playback?.timeUs ?? 0)}
        </span>
        <span className="timeline-pace">
          <Pace playback={playback} />
        </span>
      </div>
    </div>
  );
}

/** The speed reached where it differs from the one asked for, else whether the scene's network is stretched for the eye. */
function Pace({ playback }: { readonly playback: Playback | null }): ReactNode {
  const latencyMs = useTopiq((state) => state.image?.clock.network.latencyMs ?? 0);
  if (playback?.playing && playback.speedReached > 0 && playback.speedReached < playback.speed * 0.9) {
    return t("timeline.reached", { speed: speedText(playback.speedReached) });
  }
  return latencyMs >= SLOWED_LATENCY_MS ? t("timeline.slowed") : t("timeline.virtual");
}

/** One way, ms. A real network of one site is far below, so whatever is above has been stretched for the eye. */
const SLOWED_LATENCY_MS = 20;

function speedText(speed: number): string {
  const rounded = speed < 1 ? Math.round(speed * 100) / 100 : speed < 10 ? Math.round(speed * 10) / 10 : Math.round(speed);
  return `${rounded}×`;
}
