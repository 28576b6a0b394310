import { type ReactNode, useEffect, useRef, useState } from "react";
import { useShallow } from "zustand/shallow";
import { actions, performAction } from "../../actions/actions";
import { inLanguage } from "../../actions/entities/entities";
import { narrationText } from "../../actions/narration";
import { currentVerb, verbWords } from "../../actions/verbs";
import type { Narration } from "../../core/picture/image";
import { tDynamic } from "../../i18n/t";
import { surface } from "../../panels/surface";
import { type TopiqState, useTopiq } from "../../store/topiqStore";
import { Button } from "../../ui/Button";
import { PlusIcon } from "../../ui/icons";
import { plainText, RichText } from "../../ui/RichText";

/** Looks whether it is time for it only where three things have been done. */
const NextScene = surface(["queues"], async () => (await import("./NextScene")).NextScene);

/** The scene's verb and the one sentence that says what happened and why. */
export function SceneBar(): ReactNode {
  const isPressed = useTopiq(({ playback }) => playback && playback.journalLength > 2);
  return (
    <div className="scene-bar">
      <VerbButton />
      <p className="scene-sentence" tabIndex={0}>
        <Sentence />
      </p>
      {isPressed && <NextScene />}
    </div>
  );
}

/** The scene's one button. */
export function VerbButton(): ReactNode {
  const words = useTopiq(useShallow(wordsOf));
  const enabled = useTopiq((state) => actions.verb.enabled(state));
  // What it does is not in the first picture, and there before anybody presses.
  useEffect(() => void import("../../actions/verbCommands").catch(() => undefined), []);
  // Before a scene is there, or where none can be opened, there is nothing to press.
  if (words === null) return null;
  const [key, receiver] = words;
  const label = tDynamic(key, receiver === "" ? {} : { receiver });
  // The words of RabbitMQ come with the first picture of it.
  if (label === key) return null;
  return (
    <Button kind="primary" className="scene-verb" icon={key.startsWith("verb.add") ? <PlusIcon /> : undefined} disabled={!enabled} onClick={() => void performAction("verb")}>
      {label}
    </Button>
  );
}

/** What is on the screen now, in words: shown at once, and said to screen readers one calm sentence at a time. */
export function Sentence(): ReactNode {
  const narration = useTopiq((state) => state.image?.narration ?? null);
  const caption = useTopiq(captionOf);
  const playing = useTopiq((state) => state.playback?.playing ?? false);
  // Standing still, as while the playhead is dragged, it follows at once.
  const held = useHeld(narration, playing ? SHOWN_FOR_MS : 0);
  // Its figures go with the picture.
  const shown = held && narration?.id === held.id ? narration : held;
  const said = useHeld(narration, SAID_EVERY_MS);
  return (
    <>
      <span className="scene-sentence-text">{shown && <RichText text={textOf(shown, caption)} />}</span>
      <span className="sr-only" role="status" aria-live="polite">
        {said && plainText(textOf(said, caption))}
      </span>
    </>
  );
}

/** What the author says of the scene, as long as nobody has done anything in it; else null. */
function captionOf({ scenario, playback, view }: TopiqState): string | null {
  return scenario && playback?.journalLength === 0 ? inLanguage(scenario.description, view.language) || null : null;
}

/** What has just happened, or else what the scene is about. */
function textOf(narration: Narration, caption: string | null): string {
  return caption !== null && narration.id.startsWith("scene.") ? caption : narrationText(narration);
}

/** A sentence stays long enough to be begun, and is read out far less often than its figures change. */
const SHOWN_FOR_MS = 900;
const SAID_EVERY_MS = 6_000;

/** The newest sentence, changed at most once in the given time; of those in between the last one counts. */
function useHeld(newest: Narration | null, leastMs: number): Narration | null {
  const [held, setHeld] = useState(newest);
  const changedAtMs = useRef(-Infinity);
  useEffect(() => {
    if (same(newest, held)) return;
    const waitMs = Math.max(0, changedAtMs.current + leastMs - performance.now());
    const timer = setTimeout(() => {
      changedAtMs.current = performance.now();
      setHeld(newest);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [newest, held, leastMs]);
  return held;
}

function same(one: Narration | null, other: Narration | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The words on the scene's button, and the receiver that they name. */
function wordsOf({ scenario, image, view }: TopiqState): readonly [key: string, receiver: string] | null {
  if (!scenario || !image) return scenario && [`verb.${scenario.verb}`, ""];
  const { key, params } = verbWords(currentVerb(scenario.verb, image), image);
  const label = scenario.labels[`receiver:${params["receiver"]}`];
  return [key, label === undefined ? String(params["receiver"] ?? "") : inLanguage(label, view.language)];
}
