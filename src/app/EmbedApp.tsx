import { type ReactNode, useState } from "react";
import { formatClock } from "../actions/clock";
import { SceneCanvas } from "../canvas/SceneCanvas";
import type { TokenStage } from "../canvas/tokenStage";
import { t } from "../i18n/t";
import { PlayButton } from "../panels/timeline/PlayButton";
import { useTopiq } from "../store/topiqStore";
import { ExternalIcon } from "../ui/icons";
import { fullPageAddress } from "./address";
import { canvasHandlers } from "./canvasHandlers";
import { Logo } from "./Logo";
import { PageToast } from "./PageToast";
import { Sentence, VerbButton } from "./SceneBar";
import { useMedia } from "./useMedia";
import { OpeningFailed, WindingProgress } from "./troubles";
import "./shell.css";
import "./embed.css";

/** The playground in a frame: the scene, its button and its sentence. Until it is pressed, the wheel and touches stay the host page's. */
export default function EmbedApp({ tokens }: { readonly tokens: TokenStage | null }): ReactNode {
  const language = useTopiq((state) => state.view.language);
  const playing = useTopiq((state) => state.playback?.playing ?? false);
  const timeUs = useTopiq((state) => state.playback?.timeUs ?? 0);
  const ready = useTopiq((state) => state.image !== null);
  const failed = useTopiq((state) => state.unopened);
  const winding = useTopiq((state) => state.winding);
  const narrow = useMedia("(max-width: 480px)");
  const [asked, setAsked] = useState(false);
  return (
    <div className="embed" lang={language}>
      <main className="embed-canvas" onClickCapture={() => setAsked(true)}>
        <SceneCanvas handlers={canvasHandlers} tokens={tokens} interactive={asked} insets={narrow ? narrowInsets : insets} />
        {failed && <OpeningFailed problem={failed} embed />}
        {winding && <WindingProgress winding={winding} />}
      </main>
      <footer className="embed-bar">
        <PlayButton playing={playing} disabled={!ready || failed !== null} />
        <VerbButton />
        <span className="mono embed-time">{formatClock(timeUs)}</span>
        <p className="embed-sentence">
          <Sentence />
        </p>
        <Logo />
        <a className="ui-button ui-button-quiet" href={fullPageAddress(location.href)} target="_blank" rel="noopener">
          {t("shell.open")}
          <ExternalIcon size={15} />
        </a>
      </footer>
      <PageToast />
    </div>
  );
}

// The canvas keeps room for a legend above this: enough for the attribution's line where a narrow frame has no legend.
const insets = { top: 12, right: 14, bottom: 6, left: 14 };
const narrowInsets = { top: 6, right: 8, bottom: -16, left: 8 };
