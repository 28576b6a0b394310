import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { t } from "../../i18n/t";
import { PauseIcon, PlayIcon } from "../../ui/icons";
import "./playButton.css";

/** The round button that both the editor and an embed start and stop with. */
export function PlayButton({ playing, disabled }: { readonly playing: boolean; readonly disabled: boolean }): ReactNode {
  const label = t(playing ? "timeline.pause" : "timeline.play");
  return (
    <button type="button" className="play-button" aria-label={label} title={label} disabled={disabled} onClick={() => void performAction("playOrPause")}>
      {playing ? <PauseIcon /> : <PlayIcon />}
    </button>
  );
}
