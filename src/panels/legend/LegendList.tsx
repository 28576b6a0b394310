import type { ReactNode } from "react";
import { t, type MessageKey } from "../../i18n/t";
import { RichText } from "../../ui/RichText";
import "./legend.css";

/** What every mark of the picture means, each as the canvas draws it. */
export function LegendList(): ReactNode {
  return (
    <dl className="legend-list">
      {marks.map(({ text, mark }) => (
        <div key={text}>
          <dt>{mark}</dt>
          <dd>
            <RichText text={t(text)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A letter's other forms follow the letter. */
const marks: readonly { readonly text: MessageKey; readonly mark: ReactNode }[] = [
  {
    text: "help.legend.colour",
    mark: (
      <span className="legend-cells">
        <i className="legend-cell legend-k0" />
        <i className="legend-cell legend-k1" />
        <i className="legend-cell legend-k2" />
      </span>
    ),
  },
  { text: "help.legend.read", mark: <i className="legend-cell legend-read" /> },
  { text: "help.legend.some", mark: <i className="legend-cell legend-some" /> },
  { text: "help.legend.letter", mark: <i className="legend-badge">A</i> },
  { text: "help.legend.before", mark: <i className="legend-badge legend-badge-before">A</i> },
  { text: "help.legend.unknown", mark: <i className="legend-badge legend-badge-unknown">A</i> },
  {
    text: "term.highWatermark.meaning",
    mark: (
      <span className="legend-cells">
        <i className="legend-cell legend-k0" />
        <i className="legend-watermark" />
        <i className="legend-cell legend-slot" />
      </span>
    ),
  },
  {
    text: "help.legend.ring",
    mark: (
      <span className="legend-ring">
        <i className="legend-cell legend-k0" />
      </span>
    ),
  },
  {
    text: "help.legend.tray",
    mark: (
      <span className="legend-tray">
        <i className="legend-cell legend-k0" />
        <i className="legend-cell legend-k1" />
      </span>
    ),
  },
  { text: "help.legend.request", mark: <i className="legend-request" /> },
  { text: "help.legend.response", mark: <i className="legend-response" /> },
  { text: "help.legend.bead", mark: <i className="legend-cell legend-bead legend-k0" /> },
  { text: "help.legend.again", mark: <span className="legend-again">↻</span> },
  { text: "help.legend.exchange", mark: <i className="legend-exchange" /> },
];
