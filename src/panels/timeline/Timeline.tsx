import type { ReactNode } from "react";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { Line } from "./Line";
import "./timeline.css";
import { Transport } from "./Transport";

/** The bar at the bottom: how the run is played, and the run itself. */
export function Timeline(): ReactNode {
  const timeline = useTopiq((state) => state.timeline);
  const playback = useTopiq((state) => state.playback);
  const language = useTopiq((state) => state.view.language);
  return (
    <section className="timeline" aria-label={t("timeline.title")}>
      <Transport playback={playback} />
      {timeline && playback ? <Line timeline={timeline} playback={playback} language={language} /> : <div className="timeline-line" />}
    </section>
  );
}
