import type { ApiName } from "./api";

/** What runs all the time in the background, and would only be noise where people look. */
export const quietApis: ReadonlySet<string> = new Set<ApiName>(["Heartbeat", "Metadata"]);
