import type { ReactNode } from "react";
import { narrationText } from "../../actions/narration";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { RichText } from "../../ui/RichText";
import { BelowButton } from "../below/BelowButton";
import { formatTimeUs } from "../inspector/parts/formatTime";
import { GroupBadge } from "../inspector/parts/marks";
import { Term } from "../inspector/parts/Term";
import { usePicture } from "../usePicture";
import { surface } from "../surface";
import { lagData, type LagLine } from "./lagData";
import "./charts.css";

/** The chart's library is a chunk of its own, loaded when a chart is first looked at. */
const LagPlot = surface([], async () => (await import("./LagPlot")).LagPlot);

const MAX_MARKERS = 12;

/** Waiting records of groups over virtual time, with the run's marks numbered on it and told below. */
export function LagChart({ groupIds, scope }: { readonly groupIds: readonly string[]; /** What it is about, when less is selected. */ readonly scope: string | null }): ReactNode {
  const image = usePicture(({ groups }) => groupIds.map((groupId) => groups.get(groupId)));
  const timeline = useTopiq((state) => state.timeline);
  const timeUs = useTopiq((state) => state.playback?.timeUs ?? 0);
  const theme = useTopiq((state) => state.view.theme);
  if (!timeline || !image) return <p className="panel-note">{t("charts.none")}</p>;
  const data = lagData(image, timeline, groupIds, MAX_MARKERS);
  if (data.lines.length === 0) return <p className="panel-note">{t("charts.none")}</p>;
  return (
    <section className="charts" aria-label={t("charts.lag")}>
      <div className="panel-card-head">
        <h3>
          <Term word="charts.lag" meaning="term.lag.meaning" below />
        </h3>
        <span className="panel-quiet">{scope ?? t("charts.lag.unit")}</span>
        <BelowButton what="charts" />
      </div>
      <ul className="charts-legend">
        {data.lines.map((line) => (
          <Legend key={line.groupId} line={line} letter={image.groups.get(line.groupId)?.letter ?? 0} />
        ))}
      </ul>
      <div className="charts-plot">
        <LagPlot key={`${theme}/${data.lines.map((line) => line.groupId).join()}`} data={data} nowSeconds={timeUs / 1e6} />
      </div>
      {data.markers.length > 0 && (
        <ol className="charts-markers" aria-label={t("charts.markers")}>
          {data.markers.map(({ number, marker }) => (
            <li key={number} className={marker.severity === "bad" ? "charts-marker-bad" : ""}>
              <span className="charts-marker-number">{number}</span>
              <span className="charts-marker-time">{formatTimeUs(marker.timeUs)}</span>
              <span>
                <RichText text={narrationText(marker.narration)} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Legend({ line, letter }: { readonly line: LagLine; readonly letter: number }): ReactNode {
  return (
    <li>
      <GroupBadge letter={letter} />
      <svg aria-hidden="true" width="26" height="6" viewBox="0 0 26 6">
        <path d="M1 3H25" stroke="currentColor" strokeWidth="2" strokeDasharray={line.dash.join(" ") || undefined} />
      </svg>
      <span className="charts-legend-name">{line.groupId}</span>
      <span className="charts-legend-figure">{t("figures.waiting", { count: line.now })}</span>
    </li>
  );
}
