import type { ReactNode } from "react";
import { performAction } from "../../../actions/actions";
import { entityName } from "../../../actions/entities/entities";
import { t } from "../../../i18n/t";
import { useNames } from "../parts/names";
import { TextField } from "./TextField";

/** What a client is called on the screen. Kafka knows it by its client.id, which stays. */
export function LabelField({ kind, id }: { readonly kind: "producer" | "consumer" | "receiver"; readonly id: string }): ReactNode {
  const name = useNames();
  return (
    <TextField
      label={t("settings.label")}
      note={t("settings.label.note", { id })}
      text={name(kind, id)}
      parse={(text) => ({ ok: true, value: text })}
      onCommit={async (label) => {
        await performAction("rename", { entity: entityName(kind, id), label });
        return null;
      }}
    />
  );
}
