import type { ReactNode } from "react";

/** The head of what has a name and is of a kind. */
export function HeadWords({ icon, title, kind }: { readonly icon: ReactNode; readonly title: string; readonly kind: ReactNode }): ReactNode {
  return (
    <>
      {icon}
      <h2>{title}</h2>
      <span className="panel-quiet inspector-kind">{kind}</span>
    </>
  );
}
