import "react";

declare module "react" {
  /** Custom properties may be set on an element's style. */
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
