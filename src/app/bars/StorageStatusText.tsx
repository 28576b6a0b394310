import type { ReactNode } from "react";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";

/** A few words beside the scene's name: is this kept? */
export function StorageStatusText(): ReactNode {
  const storage = useTopiq((state) => state.storage);
  const text =
    storage.state === "opening"
      ? t("storage.opening")
      : storage.state === "saved"
        ? t("storage.saved")
        : storage.reason === "link" || storage.reason === "otherTab"
          ? t("storage.copy")
          : t("storage.memory");
  return (
    <span className="shell-storage" title={text}>
      {text}
    </span>
  );
}
