import type { ReactNode } from "react";

/** Three records above one log that goes on: the mark, and the name with its q. */
export function Logo({ nameHidden = false }: { readonly nameHidden?: boolean }): ReactNode {
  return (
    <span className="logo" role="img" aria-label="Topiq">
      <svg width="23" height="23" viewBox="0 0 24 24" aria-hidden="true">
        <rect x="2" y="4" width="5" height="5" rx="1.6" fill="var(--k0)" />
        <rect x="9.5" y="4" width="5" height="5" rx="1.6" fill="var(--k2)" />
        <rect x="17" y="4" width="5" height="5" rx="1.6" fill="var(--k3)" />
        <path d="M4.5 12v4a4 4 0 0 0 4 4h7a4 4 0 0 0 4-4v-4" fill="none" stroke="var(--ink)" strokeWidth="2.2" strokeLinecap="round" />
      </svg>
      {!nameHidden && (
        <span aria-hidden="true">
          topi<b>q</b>
        </span>
      )}
    </span>
  );
}
