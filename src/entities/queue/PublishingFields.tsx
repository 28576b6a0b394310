import type { ReactNode } from "react";
import { inTurn } from "../../actions/inTurn";
import { type Refusal, submit } from "../../actions/simulation";
import type { PublishesSpec } from "../../core/world/spec";
import { t } from "../../i18n/t";
import { ChoiceField } from "../../panels/inspector/settings/ChoiceField";

interface PublishingProps {
  readonly clientId: string;
  readonly publishes: PublishesSpec;
}

/** How an application publishes to RabbitMQ. */
export function PublishingFields({ clientId, publishes }: PublishingProps): ReactNode {
  const change = (changes: Partial<PublishesSpec>): Promise<Refusal | null> =>
    inTurn(({ image }) => submit({ type: "alterPublishes", clientId, publishes: { ...publishes, ...image?.producers.get(clientId)?.spec.publishes, ...changes } }));
  const field = (name: "confirms" | "persistent"): ReactNode => (
    <ChoiceField
      label={t(`queue.publish.${name}`)}
      note={t(`queue.publish.${name}.note`)}
      value={publishes[name] ? "yes" : "no"}
      options={(["yes", "no"] as const).map((value) => ({ value, label: t(`queue.setting.${value}`) }))}
      onCommit={(value) => change({ [name]: value === "yes" })}
    />
  );
  return (
    <div className="settings">
      <p className="panel-note">{t("queue.publish.about", { targets: publishes.targets.map(({ exchange, routingKey }) => exchange || routingKey).join(", ") })}</p>
      {field("confirms")}
      {field("persistent")}
    </div>
  );
}
