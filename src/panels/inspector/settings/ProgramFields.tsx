import type { ReactNode } from "react";
import { useShallow } from "zustand/shallow";
import type { Refusal } from "../../../actions/simulation";
import { userTopics } from "../../../actions/userTopics";
import type { Failure, Processing, Rescue, Settling } from "../../../core/apps/program";
import { clusterLimits } from "../../../core/kafka/limits";
import { type MessageKey, t } from "../../../i18n/t";
import { useTopiq } from "../../../store/topiqStore";
import { ChoiceField } from "./ChoiceField";
import { parseNames, parseNumber, parseTopicNames } from "./parseField";
import { TextField, type TextFieldProps } from "./TextField";

const { maxProcessingMs, maxWorkers, maxPoison, maxRetries, maxRetryTopics } = clusterLimits;

/** Changes what there is by then: another field may have been changed meanwhile. */
type OnChange<Value> = (change: (now: Value) => Value) => Promise<Refusal | null>;

interface ProgramProps {
  readonly processing: Processing;
  readonly onChange: OnChange<Processing>;
}

/** How a client's programs are told, in its own words. */
export interface ProgramWords {
  readonly workers: MessageKey;
  readonly workersNote: MessageKey;
  readonly settle: MessageKey;
  /** When it can commit or acknowledge, and when it does where nothing is said. */
  readonly settles: readonly Settling[];
  readonly settlesBy: Settling;
  settling(when: Settling): MessageKey;
  settlingNote(when: Settling, isPooled: boolean): MessageKey;
  failureNote(how: Failure["how"] | "none"): MessageKey;
  /** What it can do with what is given up. */
  readonly ways: readonly Rescue["giveUp"][];
  way(way: Rescue["giveUp"]): MessageKey;
  wayNote(way: Rescue["giveUp"]): MessageKey;
}

interface ProgramFieldsProps extends ProgramProps {
  /** False where its client commits, or acknowledges, by itself. */
  readonly commits: boolean;
  readonly words: ProgramWords;
}

/** What a program does with each record, how that fails, and what becomes of a record then. */
export function ProgramFields({ processing, commits, words, onChange }: ProgramFieldsProps): ReactNode {
  const { timeMs, workers = 0, failure, rescue, forwardTo } = processing;
  const change = (changes: Changes<Processing>): Promise<Refusal | null> => onChange((now) => changed(now, changes));
  return (
    <>
      <MsField label={t("settings.processing")} note={t("settings.processing.note")} ms={timeMs} onCommit={(ms) => change({ timeMs: ms })} />
      <TextField
        label={t(words.workers)}
        note={t(words.workersNote)}
        text={String(workers)}
        numeric
        parse={(text) => parseNumber(text, { min: 0, max: maxWorkers, whole: true })}
        onCommit={(count) => change({ workers: count === 0 ? undefined : count })}
      />
      {commits && <SettleField processing={processing} words={words} onChange={onChange} />}
      <FailureFields failure={failure} words={words} onChange={(next) => onChange((now) => changed(now, { failure: next(now.failure) }))} />
      {(failure?.how === "throw" || rescue) && <RescueFields rescue={rescue ?? nothingDone} words={words} onChange={(next) => onChange((now) => ({ ...now, rescue: next(now.rescue ?? nothingDone) }))} />}
      {words.ways.includes("forward") && <ForwardField topic={forwardTo ?? ""} onChange={(topic) => change({ forwardTo: topic === "" ? undefined : topic })} />}
    </>
  );
}

/** A program that does nothing about it ends. */
const nothingDone: Rescue = { retries: 0, backoffMs: 0, giveUp: "stop" };

function SettleField({ processing, words, onChange }: ProgramProps & Pick<ProgramFieldsProps, "words">): ReactNode {
  const { settle = words.settlesBy, workers = 0 } = processing;
  return (
    <ChoiceField<Settling>
      label={t(words.settle)}
      note={t(words.settlingNote(settle, workers > 0))}
      value={settle}
      options={[...new Set([...words.settles, settle])].map((value) => ({ value, label: t(words.settling(value)) }))}
      onCommit={(value) => onChange((now) => changed(now, { settle: value === words.settlesBy ? undefined : value }))}
    />
  );
}

function FailureFields({ failure, words, onChange }: Pick<ProgramFieldsProps, "words"> & { readonly failure: Failure | undefined; readonly onChange: OnChange<Failure | undefined> }): ReactNode {
  const how = failure?.how ?? "none";
  return (
    <>
      <ChoiceField
        label={t("settings.failure")}
        note={t(words.failureNote(how))}
        value={how}
        options={(["none", "throw", "stall", "crash"] as const).map((value) => ({ value, label: t(`settings.failure.${value}`) }))}
        onCommit={(value) => onChange((now) => (value === "none" ? undefined : { percent: 5, ...now, how: value }))}
      />
      {failure && (
        <div className="settings-row">
          <TextField
            label={t("settings.failure.percent")}
            unit="%"
            text={String(failure.percent ?? 0)}
            numeric
            parse={(text) => parseNumber(text, { min: 0, max: 100, whole: false })}
            onCommit={(percent) => onChange((now) => now && { ...now, percent })}
          />
          <TextField
            label={t("settings.failure.keys")}
            text={(failure.keys ?? []).join(", ")}
            parse={(text) => parseNames(text, maxPoison - (failure.numbers?.length ?? 0))}
            onCommit={(keys) => onChange((now) => now && { ...now, keys })}
          />
        </div>
      )}
    </>
  );
}

function RescueFields({ rescue, words, onChange }: Pick<ProgramFieldsProps, "words"> & { readonly rescue: Rescue; readonly onChange: OnChange<Rescue> }): ReactNode {
  const { retries, backoffMs, giveUp, topics = [], delayMs = 0 } = rescue;
  // One of another client's, which a document may name, stays to be seen.
  const ways = [...new Set([...words.ways, giveUp])];
  return (
    <>
      <div className="settings-row">
        <TextField
          label={t("settings.retries")}
          text={String(retries)}
          numeric
          parse={(text) => parseNumber(text, { min: 0, max: maxRetries, whole: true })}
          onCommit={(count) => onChange((now) => ({ ...now, retries: count }))}
        />
        <MsField label={t("settings.backoff")} ms={backoffMs} onCommit={(ms) => onChange((now) => ({ ...now, backoffMs: ms }))} />
      </div>
      <ChoiceField
        label={t("settings.giveUp")}
        note={t(words.wayNote(giveUp))}
        value={giveUp}
        options={ways.map((value) => ({ value, label: t(words.way(value)) }))}
        onCommit={(value) => onChange((now) => ({ ...now, giveUp: value }))}
      />
      {giveUp === "forward" && (
        <>
          <TextField
            label={t("settings.retryTopics")}
            note={t("settings.retryTopics.note")}
            text={topics.join(", ")}
            parse={(text) => parseTopicNames(text, maxRetryTopics)}
            onCommit={(names) => onChange((now) => ({ ...now, topics: names }))}
          />
          <MsField label={t("settings.retryDelay")} ms={delayMs} onCommit={(ms) => onChange((now) => ({ ...now, delayMs: ms }))} />
        </>
      )}
    </>
  );
}

function ForwardField({ topic, onChange }: { readonly topic: string; readonly onChange: (topic: string) => Promise<Refusal | null> }): ReactNode {
  const existing = useTopiq(useShallow(({ image }) => (image ? userTopics(image) : [])));
  const options = [
    { value: "", label: t("settings.forwardTo.none") },
    ...existing.map((value) => ({ value, label: value })),
    // One that was deleted stays to be seen.
    ...(topic === "" || existing.includes(topic) ? [] : [{ value: topic, label: t("settings.topicMissing", { topic }) }]),
  ];
  return <ChoiceField label={t("settings.forwardTo")} note={t("settings.forwardTo.note")} value={topic} options={options} onCommit={onChange} />;
}

interface MsProps extends Pick<TextFieldProps<number>, "label" | "note" | "onCommit"> {
  readonly ms: number;
}

/** A time in virtual ms, as long as processing may take. */
function MsField({ ms, ...field }: MsProps): ReactNode {
  return <TextField {...field} unit={t("settings.unit.ms")} text={String(ms)} numeric parse={(text) => parseNumber(text, { min: 0, max: maxProcessingMs, whole: true })} />;
}

type Changes<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };

/** The same with some fields changed, and without those that are to be undefined. */
function changed(processing: Processing, changes: Changes<Processing>): Processing {
  // What is required is changed to what is not undefined only.
  return Object.fromEntries(Object.entries({ ...processing, ...changes }).filter(([, value]) => value !== undefined)) as unknown as Processing;
}
