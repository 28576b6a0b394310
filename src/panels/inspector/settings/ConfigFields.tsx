import type { ReactNode } from "react";
import type { Refusal } from "../../../actions/simulation";
import type { Configs } from "../../../core/kafka/configs";
import type { ConfigDefinition, ConfigScope } from "../../../core/kafka/configTable";
import { t, tDynamic } from "../../../i18n/t";
import { Tooltip } from "../../../ui/Tooltip";
import { ChoiceField } from "./ChoiceField";
import { configRows, parseConfig, type ConfigRow } from "./configRows";
import { TextField } from "./TextField";

export interface ConfigFieldsProps {
  readonly scope: ConfigScope;
  /** Changed ones. */
  readonly configs: Configs;
  /** The settings that matter here; the others are under "All settings", unless they are changed. */
  readonly primary: readonly string[];
  /** Settings that have a field of their own elsewhere. */
  readonly elsewhere?: readonly string[];
  /** Gets what changes; null for back to the default. */
  readonly onChange: (change: Configs) => Promise<Refusal | null>;
}

/** Kafka's own settings, each under Kafka's name with its default beside a changed value. */
export function ConfigFields({ scope, configs, primary, elsewhere, onChange }: ConfigFieldsProps): ReactNode {
  const rows = configRows(scope, configs, primary, elsewhere);
  const draw = (row: ConfigRow): ReactNode => <ConfigField key={row.definition.name} row={row} scope={scope} configs={configs} onChange={onChange} />;
  return (
    <>
      {rows.primary.map(draw)}
      {rows.changed.map(draw)}
      {rows.rest.length > 0 && (
        <details className="settings-rest">
          <summary>{t("settings.all")}</summary>
          {rows.rest.map(draw)}
        </details>
      )}
      {rows.idle.length > 0 && (
        <fieldset className="settings-idle" disabled>
          <legend>{t("settings.idle")}</legend>
          <p className="panel-note">{t("settings.idle.note")}</p>
          {rows.idle.map(({ definition, text, changed, defaultText }) => (
            <label key={definition.name}>
              <span>
                <ConfigName definition={definition} />
                {changed && <small>{t("settings.default", { value: defaultText })}</small>}
              </span>
              <input className="ui-input ui-input-mono" value={text} readOnly />
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}

interface ConfigFieldProps {
  readonly row: ConfigRow;
  readonly scope: ConfigScope;
  readonly configs: Configs;
  readonly onChange: ConfigFieldsProps["onChange"];
}

function ConfigField({ row, scope, configs, onChange }: ConfigFieldProps): ReactNode {
  const { definition } = row;
  const set = (text: string | null): Promise<Refusal | null> => {
    const parsed = parseConfig(scope, configs, definition.name, text);
    return parsed.ok ? onChange(parsed.value) : Promise.resolve(null);
  };
  const field = {
    label: <ConfigName definition={definition} />,
    changed: row.changed
      ? { defaultText: t("settings.default", { value: row.defaultText }), resetLabel: t("settings.reset"), onReset: () => void set(null) }
      : null,
  };
  const choices = choicesOf(row);
  if (choices) {
    const check = (text: string): string | null => {
      const parsed = parseConfig(scope, configs, definition.name, text);
      return parsed.ok ? null : t(parsed.problem.key, parsed.problem.params);
    };
    return <ChoiceField {...field} value={row.text} options={choices.map((value) => ({ value, label: value }))} check={check} onCommit={set} />;
  }
  return (
    <TextField
      {...field}
      text={row.text}
      unit={definition.unit && definition.unit !== "none" ? t(`settings.unit.${definition.unit}`) : undefined}
      numeric={definition.type === "int" || definition.type === "long"}
      parse={(text) => parseConfig(scope, configs, definition.name, text)}
      onCommit={onChange}
    />
  );
}

/** What can be chosen, or null for a text. The value of now is always among them. */
function choicesOf({ definition, text }: ConfigRow): readonly string[] | null {
  const choices = definition.type === "boolean" ? ["true", "false"] : definition.type === "choice" ? (definition.choices ?? null) : listChoices(definition);
  return choices && !choices.includes(text) ? [text, ...choices] : choices;
}

/** Lists that people choose from as a whole: each entry alone, and the default. */
function listChoices({ type, choices, defaultValue }: ConfigDefinition): readonly string[] | null {
  if (type !== "list" || !choices) return null;
  return [...new Set([String(defaultValue), ...choices])];
}

/** Kafka's name, with a plain explanation where there is one. */
function ConfigName({ definition }: { readonly definition: ConfigDefinition }): ReactNode {
  const key = `config.${definition.name}`;
  const meaning = tDynamic(key);
  const name = <code className="settings-name">{definition.name}</code>;
  return meaning === key ? (
    name
  ) : (
    <Tooltip term align="start" text={meaning}>
      {name}
    </Tooltip>
  );
}
