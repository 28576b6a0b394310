import { type ReactNode, useState } from "react";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { Button } from "../../ui/Button";
import { CheckIcon, CopyIcon } from "../../ui/icons";

interface CopyBoxProps {
  readonly text: string;
  /** What the button copies, where that is not just the text: a link with a line's end, so that nothing is written on to it. */
  readonly copies?: string;
  readonly label: string;
  readonly lines: number;
}

/** Text to take along, with a button that copies it. Where copying is refused, the text is selected for doing it by hand. */
export function CopyBox({ text, copies = text, label, lines }: CopyBoxProps): ReactNode {
  const isWaiting = useTopiq((state) => state.winding !== null);
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(copies);
      setOutcome("copied");
    } catch {
      setOutcome("refused");
      document.querySelector<HTMLTextAreaElement>(".copy-text")?.select();
    }
  };
  return (
    <div className="copy-box">
      <textarea className="ui-input ui-input-mono copy-text" aria-label={label} readOnly rows={lines} value={text} onFocus={(event) => event.target.select()} />
      <div className="copy-row">
        <span className="copy-length">{text === "" ? t(isWaiting ? "share.waiting" : "share.making") : t("share.length", { count: text.length })}</span>
        <span role="status" className="copy-outcome">
          {outcome === "refused" && t("share.refused")}
        </span>
        <Button kind="primary" disabled={text === ""} icon={outcome === "copied" ? <CheckIcon /> : <CopyIcon />} onClick={() => void copy()}>
          {t(outcome === "copied" ? "share.copied" : "share.copy")}
        </Button>
      </div>
    </div>
  );
}
