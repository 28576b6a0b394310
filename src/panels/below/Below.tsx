import { type ReactNode, useState } from "react";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { type Selection, setView, useTopiq } from "../../store/topiqStore";
import { IconButton } from "../../ui/Button";
import { CloseIcon } from "../../ui/icons";
import { ViewCharts } from "../charts/ViewCharts";
import { inspectorView, isLogView } from "../inspector/inspectorView";
import { LogTitle } from "../inspector/LogTitle";
import { LogRecords } from "../records/LogRecords";
import "../inspector/inspector.css";
import "./below.css";

/** The full width below the canvas: the records of a log, or the charts. */
export function Below({ what }: { readonly what: "records" | "charts" }): ReactNode {
  const image = useTopiq((state) => state.image);
  return image && (what === "records" ? <RecordsBelow image={image} /> : <ChartsBelow image={image} />);
}

function RecordsBelow({ image }: { readonly image: ClusterImage }): ReactNode {
  const view = inspectorView(image, useLogSelection());
  if (!isLogView(view)) return <Head title={<h2>{t("action.recordsBelow")}</h2>} />;
  return (
    <>
      <Head title={<LogTitle image={image} view={view} />} />
      <div className="below-body">
        <LogRecords image={image} view={view} />
      </div>
    </>
  );
}

function ChartsBelow({ image }: { readonly image: ClusterImage }): ReactNode {
  const view = inspectorView(image, useTopiq((state) => state.selection));
  return (
    <>
      <Head title={<h2>{t("inspector.tab.charts")}</h2>} />
      <div className="below-body">{view && <ViewCharts image={image} view={view} />}</div>
    </>
  );
}

function Head({ title }: { readonly title: ReactNode }): ReactNode {
  return (
    <header className="inspector-head below-head">
      {title}
      <IconButton label={t("shell.close")} icon={<CloseIcon />} onClick={() => setView({ below: null })} />
    </header>
  );
}

/** What was selected of a log last: whoever then chooses a consumer goes on looking at that log. */
function useLogSelection(): readonly Selection[] {
  const selection = useTopiq((state) => state.selection);
  const [last, setLast] = useState(selection);
  const isLog = selection.some(({ kind }) => kind === "topic" || kind === "partition" || kind === "record");
  if (isLog && last !== selection) setLast(selection);
  return isLog ? selection : last;
}
