import { type ReactNode, useState } from "react";
import { t } from "../../i18n/t";
import { type Selection, setView, useTopiq } from "../../store/topiqStore";
import { IconButton } from "../../ui/Button";
import { CloseIcon } from "../../ui/icons";
import { ViewCharts } from "../charts/ViewCharts";
import { useShown } from "../inspector/shownSelection";
import { panelNamed } from "../kindPanels";
import "../inspector/inspector.css";
import "./below.css";

/** The full width below the canvas: the records of a log, or the charts. */
export function Below({ what }: { readonly what: "records" | "charts" }): ReactNode {
  const isPictured = useTopiq((state) => state.image !== null);
  return isPictured && (what === "records" ? <RecordsBelow /> : <ChartsBelow />);
}

function RecordsBelow(): ReactNode {
  const shown = useShown(useRecordsSelection());
  const { Title, Records } = panelNamed(shown?.kind ?? "") ?? {};
  if (!shown || !Title || !Records) return <Head title={<h2>{t("action.recordsBelow")}</h2>} />;
  return (
    <>
      <Head title={<Title shown={shown} />} />
      <div className="below-body">
        <Records shown={shown} />
      </div>
    </>
  );
}

function ChartsBelow(): ReactNode {
  const shown = useShown(useTopiq((state) => state.selection));
  return (
    <>
      <Head title={<h2>{t("inspector.tab.charts")}</h2>} />
      <div className="below-body">{shown && <ViewCharts shown={shown} />}</div>
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

/** What was selected last of what holds records: whoever then chooses a consumer goes on looking at that log. */
function useRecordsSelection(): readonly Selection[] {
  const selection = useTopiq((state) => state.selection);
  const [last, setLast] = useState(selection);
  const hasRecords = selection.some(({ kind }) => panelNamed(kind)?.Records);
  if (hasRecords && last !== selection) setLast(selection);
  return hasRecords ? selection : last;
}
