import { type ReactNode, useState } from "react";
import { useKindTable } from "../actions/entities/kindTable";
import type { TokenStage } from "../canvas/motion/tokenStage";
import { useTopiq } from "../store/topiqStore";
import { EmbedBar } from "./bars/EmbedBar";
import { PageToast } from "./banners/PageToast";
import { Scene } from "./Scene";
import { useMedia } from "./useMedia";
import { OpeningFailed, WindingProgress } from "./banners/troubles";
import "./shell.css";
import "./embed.css";

/** The playground in a frame: the scene, its button and its sentence. Until it is pressed, the wheel and touches stay the host page's. */
export default function EmbedApp({ tokens }: { readonly tokens: TokenStage | null }): ReactNode {
  const language = useTopiq((state) => state.view.language);
  // With more kinds come more words.
  useKindTable();
  const failed = useTopiq((state) => state.unopened);
  const winding = useTopiq((state) => state.winding);
  const narrow = useMedia("(max-width: 480px)");
  const [asked, setAsked] = useState(false);
  return (
    <div className="embed" lang={language}>
      <main className="embed-canvas" onClickCapture={() => setAsked(true)}>
        <Scene tokens={tokens} interactive={asked} insets={narrow ? narrowInsets : insets} />
        {failed && <OpeningFailed problem={failed} embed />}
        {winding && <WindingProgress winding={winding} />}
      </main>
      <EmbedBar />
      <PageToast />
    </div>
  );
}

// The canvas keeps room for a legend above this: enough for the attribution's line where a narrow frame has no legend.
const insets = { top: 12, right: 14, bottom: 6, left: 14 };
const narrowInsets = { top: 6, right: 8, bottom: -16, left: 8 };
