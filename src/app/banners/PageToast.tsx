import { type ReactNode, useCallback } from "react";
import { t } from "../../i18n/t";
import { setView, useTopiq } from "../../store/topiqStore";
import { Toast } from "../../ui/Toast";

export function PageToast(): ReactNode {
  const toast = useTopiq((state) => state.view.toast);
  const close = useCallback(() => setView({ toast: null }), []);
  return toast && <Toast key={toast.text} text={toast.text} action={toast.action} closeLabel={t("shell.close")} onClose={close} />;
}
