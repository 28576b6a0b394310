import { type ReactNode, useEffect, useState } from "react";
import { makeFragment, pageAddress, type ShareChoice } from "../../actions/sharing";
import type { LinkPart } from "../../bridge/messages";
import { t } from "../../i18n/t";
import { RichText } from "../../ui/RichText";

/** Characters of a whole address that any program takes; some chat and mail programs cut what is longer. */
const SAFE_CHARACTERS = 2000;

/** Says that a link is long for some programs, and what would shorten it by how much. Nothing, as long as it is short. */
export function LongLink({ choice, address }: { readonly choice: ShareChoice; readonly address: string }): ReactNode {
  const [advice, setAdvice] = useState<{ readonly address: string; readonly text: string } | null>(null);
  const isLong = address.length > SAFE_CHARACTERS;
  useEffect(() => {
    if (!isLong) return undefined;
    let wanted = true;
    const tell = (text: string): void => {
      if (wanted) setAdvice({ address, text });
    };
    // A scenario that is too much for a link, or a world that is gone, has no figures.
    (choice === "run" ? adviceForRun() : adviceForScenario(address)).then(tell, () => tell(""));
    return () => {
      wanted = false;
    };
  }, [choice, address, isLong]);
  // In the page from the start, so that what comes into it is read out.
  return (
    <p role="status" className="share-long">
      {isLong && advice?.address === address && <RichText text={`${t("share.long")} ${advice.text}`} />}
    </p>
  );
}

async function adviceForRun(): Promise<string> {
  const alone = pageAddress(await makeFragment("scenario"));
  return t("share.long.run", { count: alone.length });
}

async function adviceForScenario(address: string): Promise<string> {
  const parts: string[] = [];
  for (const part of ["layout", "description", "labels"] as const satisfies readonly LinkPart[]) {
    const count = address.length - pageAddress(await makeFragment("scenario", [part])).length;
    if (count > 0) parts.push(t(`share.long.${part}`, { count }));
  }
  return parts.length > 0 ? t("share.long.parts", { parts: parts.join(", ") }) : "";
}
