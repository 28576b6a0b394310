import { Component, type ReactNode } from "react";
import { t } from "../i18n/t";
import { Button } from "../ui/Button";

/** What stands there when the page itself fails: the run is in the worker and in storage, so opening the page again brings it back. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly message: string | null }> {
  override state: { readonly message: string | null } = { message: null };

  static getDerivedStateFromError(error: unknown): { readonly message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <main className="shell-problem">
        <h1>{t("crash.page")}</h1>
        <p>{t("crash.saved")}</p>
        <p className="mono">{this.state.message}</p>
        <Button kind="primary" onClick={() => location.reload()}>
          {t("crash.reload")}
        </Button>
      </main>
    );
  }
}
