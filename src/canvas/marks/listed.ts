import { t } from "../../i18n/t";

/** Names in the spoken name of a node, or that there are none. */
export function listed(names: readonly string[]): string {
  return names.length > 0 ? names.join(", ") : t("canvas.nothing");
}
