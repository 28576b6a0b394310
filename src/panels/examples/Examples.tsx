import { type ReactNode, useEffect, useRef, useState } from "react";
import { inLanguage } from "../../actions/entities/entities";
import { presetOf } from "../../actions/progress";
import { leaveAddress, type LoadedPreset, loadPresets, openScenario } from "../../actions/sharing";
import { isFocusOfPointer } from "../../actions/shortcuts";
import { type MessageKey, t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { CheckIcon } from "../../ui/icons";
import { plainText } from "../../ui/RichText";
import { KeptRuns } from "./KeptRuns";
import { ScenePicture } from "./ScenePicture";
import "./examples.css";

export interface ExamplesProps {
  /** The focus goes into the search when it opens. */
  readonly takesFocus: boolean;
  /** Something was chosen. */
  readonly onOpen: () => void;
}

/** The catalogue: the scenes that come with the page, chapter by chapter, each with its picture, its level and its goal; and the runs that this browser keeps. */
export function Examples({ takesFocus, onOpen }: ExamplesProps): ReactNode {
  const [presets, setPresets] = useState<readonly LoadedPreset[]>([]);
  const [search, setSearch] = useState("");
  const openId = useTopiq(({ scenario }) => (scenario ? presetOf(scenario, presets)?.id : undefined));
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void loadPresets().then(setPresets);
    // A finger would get its keyboard over the list.
    if (takesFocus && !isFocusOfPointer() && matchMedia("(pointer: fine)").matches) input.current?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when it is there
  }, []);
  const found = presets.filter((preset) => textOf(preset).includes(search.trim().toLowerCase()));
  const chapters = [...new Set(found.map(({ chapter }) => chapter))];
  return (
    <div className="examples">
      <input
        ref={input}
        type="search"
        className="ui-input"
        aria-label={t("examples.search")}
        placeholder={t("examples.search")}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <p role="status" className={presets.length > 0 && found.length === 0 ? "panel-note" : "sr-only"}>
        {search !== "" && t(found.length === 0 ? "examples.none" : "examples.found", { count: found.length })}
      </p>
      {chapters.map((chapter) => (
        <section key={chapter} aria-label={t(`examples.chapter.${chapter}`)}>
          <h3>{t(`examples.chapter.${chapter}`)}</h3>
          <ul>
            {found
              .filter((preset) => preset.chapter === chapter)
              .map((preset) => (
                <Example key={preset.id} preset={preset} isOpen={preset.id === openId} onOpen={onOpen} />
              ))}
          </ul>
        </section>
      ))}
      <KeptRuns onOpen={onOpen} />
    </div>
  );
}

function Example({ preset, isOpen, onOpen }: { readonly preset: LoadedPreset; readonly isOpen: boolean; readonly onOpen: () => void }): ReactNode {
  const { id, level, scenario } = preset;
  const language = useTopiq((state) => state.view.language);
  const isDone = useTopiq((state) => state.view.done.includes(id));
  const open = (): void => {
    onOpen();
    leaveAddress();
    void openScenario(scenario, true);
  };
  return (
    <li ref={isOpen ? bringIntoView : undefined}>
      <button type="button" className="example" title={plainText(inLanguage(scenario.description, language))} data-preset={id} aria-current={isOpen || undefined} onClick={open}>
        <ScenePicture scenario={scenario} />
        <span className="example-words">
          <strong>{inLanguage(scenario.name, language)}</strong>
          <span className="example-state">
            <span className={`example-level example-${level}`}>{t(`examples.level.${level}`)}</span>
            {isOpen && <span>{t("examples.open")}</span>}
            {isDone && (
              <span className="example-done">
                <CheckIcon size={13} />
                {t("examples.done")}
              </span>
            )}
          </span>
        </span>
        <span className="example-about">{plainText(inLanguage(scenario.description, language))}</span>
        <span className="example-goal">{t("examples.goal", { goal: t(goalKey(id)) })}</span>
      </button>
    </li>
  );
}

/** The open one is in view when the catalogue is opened; it is not scrolled to again. */
function bringIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

/** All that it can be found by, in both languages. */
function textOf({ id, chapter, level, scenario }: LoadedPreset): string {
  const { name, description } = scenario;
  const texts = [name, description].flatMap((text) => (typeof text === "string" ? [text] : [text.en, text.ko]));
  return [...texts, t(`examples.chapter.${chapter}`), t(`examples.level.${level}`), t(goalKey(id))].join(" ").toLowerCase();
}

/** Each scene has words for its goal: a test asks for them. */
function goalKey(id: string): MessageKey {
  return `examples.goal.${id}` as MessageKey;
}
