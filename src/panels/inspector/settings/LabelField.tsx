import type { ReactNode } from "react";
import { performAction } from "../../../actions/actions";
import { entityName } from "../../../actions/entities/entities";
import { type MessageKey, t } from "../../../i18n/t";
import { useNames } from "../parts/names";
import { TextField } from "./TextField";

interface LabelFieldProps {
  readonly kind: "producer" | "consumer" | "receiver";
  readonly id: string;
  /** What its broker calls it, which stays. */
  readonly note: MessageKey;
}

/** What a program is called on the screen. */
export function LabelField({ kind, id, note }: LabelFieldProps): ReactNode {
  const name = useNames();
  return (
    <TextField
      label={t("settings.label")}
      note={t(note, { id })}
      text={name(kind, id)}
      parse={(text) => ({ ok: true, value: text })}
      onCommit={async (label) => {
        await performAction("rename", { entity: entityName(kind, id), label });
        return null;
      }}
    />
  );
}
