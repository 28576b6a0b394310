import type { ReactNode } from "react";
import { inTurn } from "../../actions/inTurn";
import { type Refusal, submit } from "../../actions/simulation";
import { clusterLimits } from "../../core/kafka/limits";
import type { QueueImage } from "../../core/picture/amqpImage";
import type { Overflow, QueueArguments } from "../../core/queue/amqp/arguments";
import type { QueueSpec } from "../../core/queue/clients/declarations";
import { t } from "../../i18n/t";
import { ChoiceField } from "../../panels/inspector/settings/ChoiceField";
import { type Parsed, parseNumber } from "../../panels/inspector/settings/parseField";
import { TextField } from "../../panels/inspector/settings/TextField";
import { useTopiq } from "../../store/topiqStore";

type NumberArgument = "x-message-ttl" | "x-max-length" | "x-max-priority";

/** Nothing that was declared of a queue can be changed: it is deleted and declared anew, and what was in it is gone. The page says so. */
export function QueueSettings({ queue: { spec } }: { readonly queue: QueueImage }): ReactNode {
  const { name, durable, exclusive, autoDelete, arguments: given } = spec;
  const change = (next: (now: QueueSpec) => QueueSpec): Promise<Refusal | null> => redeclare(name, spec, next);
  const argue = (changes: { readonly [Name in keyof QueueArguments]?: QueueArguments[Name] | undefined }): Promise<Refusal | null> => change((now) => ({ ...now, arguments: withArguments(now.arguments, changes) }));
  const numberField = (argument: NumberArgument, unit: string, max: number): ReactNode => (
    <TextField
      label={t(`queue.setting.${argument}`)}
      unit={unit}
      note={t(`queue.setting.${argument}.note`)}
      text={given[argument] === undefined ? "" : String(given[argument])}
      numeric
      parse={(text) => parseOptional(text, max)}
      onCommit={(value) => argue({ [argument]: value ?? undefined })}
    />
  );
  return (
    <div className="settings" key={name}>
      <p className="panel-note">{t("queue.setting.effect")}</p>
      <YesNo of="durable" value={durable} onCommit={(value) => change((now) => ({ ...now, durable: value }))} />
      <YesNo of="exclusive" value={exclusive} onCommit={(value) => change((now) => ({ ...now, exclusive: value }))} />
      <YesNo of="autoDelete" value={autoDelete} onCommit={(value) => change((now) => ({ ...now, autoDelete: value }))} />
      {numberField("x-message-ttl", t("settings.unit.ms"), MOST_MS)}
      {numberField("x-max-length", "", MOST_MESSAGES)}
      <ChoiceField<Overflow>
        label={t("queue.setting.x-overflow")}
        note={t("queue.setting.x-overflow.note")}
        value={given["x-overflow"] ?? "drop-head"}
        options={(["drop-head", "reject-publish", "reject-publish-dlx"] as const).map((value) => ({ value, label: value }))}
        onCommit={(value) => argue({ "x-overflow": value === "drop-head" ? undefined : value })}
      />
      <DeadLetterField spec={spec} onCommit={argue} />
      <YesNo of="x-single-active-consumer" value={given["x-single-active-consumer"] === true} onCommit={(value) => argue({ "x-single-active-consumer": value || undefined })} />
      {numberField("x-max-priority", "", clusterLimits.maxQueuePriority)}
    </div>
  );
}

const MOST_MS = 4_294_967_295;
const MOST_MESSAGES = 1_000_000;

function parseOptional(text: string, max: number): Parsed<number | null> {
  return text.trim() === "" ? { ok: true, value: null } : parseNumber(text, { min: 0, max, whole: true });
}

interface YesNoProps {
  readonly of: "durable" | "exclusive" | "autoDelete" | "x-single-active-consumer";
  readonly value: boolean;
  readonly onCommit: (value: boolean) => Promise<Refusal | null>;
}

function YesNo({ of, value, onCommit }: YesNoProps): ReactNode {
  return (
    <ChoiceField
      label={t(`queue.setting.${of}`)}
      note={t(`queue.setting.${of}.note`)}
      value={value ? "yes" : "no"}
      options={(["yes", "no"] as const).map((choice) => ({ value: choice, label: t(`queue.setting.${choice}`) }))}
      onCommit={(choice) => onCommit(choice === "yes")}
    />
  );
}

/** Another queue, by the default exchange, or an exchange. */
function DeadLetterField({ spec, onCommit }: { readonly spec: QueueSpec; readonly onCommit: (changes: { readonly [Name in keyof QueueArguments]?: QueueArguments[Name] | undefined }) => Promise<Refusal | null> }): ReactNode {
  const names = useTopiq(({ image }) => JSON.stringify([[...(image?.queues.keys() ?? [])].filter((other) => other !== spec.name), [...(image?.exchanges.keys() ?? [])]]));
  const [queues = [], exchanges = []] = JSON.parse(names) as string[][]; // written just above
  const { "x-dead-letter-exchange": exchange, "x-dead-letter-routing-key": routingKey } = spec.arguments;
  const value = exchange === undefined ? "" : exchange === "" ? `queue ${routingKey ?? spec.name}` : `exchange ${exchange}`;
  const options = [
    { value: "", label: t("queue.setting.dead.none") },
    ...queues.map((name) => ({ value: `queue ${name}`, label: name })),
    ...exchanges.map((name) => ({ value: `exchange ${name}`, label: t("queue.setting.dead.exchange", { exchange: name }) })),
  ];
  // One that is not there stays to be seen.
  const shown = options.some((option) => option.value === value) ? options : [...options, { value, label: t("queue.setting.dead.missing", { name: value.slice(value.indexOf(" ") + 1) }) }];
  return (
    <ChoiceField
      label={t("queue.setting.dead")}
      note={t("queue.setting.dead.note")}
      value={value}
      options={shown}
      onCommit={(chosen) => {
        const name = chosen.slice(chosen.indexOf(" ") + 1);
        if (chosen === "") return onCommit({ "x-dead-letter-exchange": undefined, "x-dead-letter-routing-key": undefined });
        return onCommit(chosen.startsWith("queue ") ? { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": name } : { "x-dead-letter-exchange": name, "x-dead-letter-routing-key": undefined });
      }}
    />
  );
}

function withArguments(given: QueueArguments, changes: { readonly [Name in keyof QueueArguments]?: QueueArguments[Name] | undefined }): QueueArguments {
  return Object.fromEntries(Object.entries({ ...given, ...changes }).filter(([, value]) => value !== undefined));
}

function redeclare(name: string, shown: QueueSpec, next: (now: QueueSpec) => QueueSpec): Promise<Refusal | null> {
  return inTurn(({ image }) => {
    return submit({ type: "redeclareQueue", queue: next(image?.queues.get(name)?.spec ?? shown) });
  });
}
