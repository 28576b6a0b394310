import type { ReactNode } from "react";
import type { KeySource } from "../../../core/apps/program";
import type { Refusal } from "../../../actions/simulation";
import { clusterLimits } from "../../../core/kafka/limits";
import { t } from "../../../i18n/t";
import { ChoiceField } from "./ChoiceField";
import { parseKeyList, parseNumber, parseRangeEnd } from "./parseField";
import { TextField } from "./TextField";

/** Changes what there is by then: another field may have been changed meanwhile. */
type OnChange = (change: (now: KeySource) => KeySource) => Promise<Refusal | null>;
type NumberedKeys = Extract<KeySource, { kind: "range" | "skewed" }>;

const { maxKeysPerProducer } = clusterLimits;

/** Which keys a producer's records have. */
export function KeyFields({ keys, onChange }: { readonly keys: KeySource; readonly onChange: OnChange }): ReactNode {
  return (
    <>
      <ChoiceField
        label={t("settings.keys")}
        note={t(`settings.keys.${keys.kind}.note`)}
        value={keys.kind}
        options={(["none", "list", "range", "skewed"] as const).map((value) => ({ value, label: t(`settings.keys.${value}`) }))}
        onCommit={(kind) => onChange((now) => keysOfKind(kind, now))}
      />
      {keys.kind === "list" && (
        <TextField
          label={t("settings.keys.list.label")}
          text={keys.keys.join(", ")}
          lines={3}
          parse={(text) => parseKeyList(text, maxKeysPerProducer)}
          onCommit={(list) => onChange(() => ({ kind: "list", keys: list }))}
        />
      )}
      {(keys.kind === "range" || keys.kind === "skewed") && <RangeFields keys={keys} onChange={onChange} />}
    </>
  );
}

function RangeFields({ keys, onChange }: { readonly keys: NumberedKeys; readonly onChange: OnChange }): ReactNode {
  const change = (part: Partial<NumberedKeys>): Promise<Refusal | null> => onChange((now) => (now.kind === keys.kind ? ({ ...now, ...part } as NumberedKeys) : now)); // its kind stays
  return (
    <div className="settings-row">
      <TextField label={t("settings.keys.prefix")} text={keys.prefix} parse={(text) => ({ ok: true, value: text.trim() })} onCommit={(prefix) => change({ prefix })} />
      <TextField
        label={t("settings.keys.from")}
        text={String(keys.from)}
        numeric
        parse={(text) => parseNumber(text, { min: Math.max(0, keys.to - maxKeysPerProducer + 1), max: keys.to, whole: true })}
        onCommit={(from) => change({ from })}
      />
      <TextField
        label={t("settings.keys.to")}
        text={String(keys.to)}
        numeric
        parse={(text) => parseRangeEnd(text, keys.from, maxKeysPerProducer)}
        onCommit={(to) => change({ to })}
      />
      {keys.kind === "skewed" && (
        <TextField
          label={t("settings.hotPercent")}
          unit="%"
          text={String(keys.hotPercent)}
          numeric
          parse={(text) => parseNumber(text, { min: 0, max: 100, whole: true })}
          onCommit={(hotPercent) => change({ hotPercent })}
        />
      )}
    </div>
  );
}

/** Keys of another kind, kept as like the old ones as that kind can be. */
function keysOfKind(kind: KeySource["kind"], keys: KeySource): KeySource {
  const { prefix, from, to } = keys.kind === "range" || keys.kind === "skewed" ? keys : { prefix: "user-", from: 1, to: 8 };
  switch (kind) {
    case "none":
      return { kind };
    case "list":
      return { kind, keys: Array.from({ length: Math.min(8, to - from + 1) }, (_, index) => `${prefix}${from + index}`) };
    case "range":
      return { kind, prefix, from, to };
    case "skewed":
      return { kind, prefix, from, to, hotPercent: 60 };
  }
}
