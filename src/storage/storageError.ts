/**
 * Why nothing is kept.
 * - `unavailable`: this browser has no IndexedDB here.
 * - `refused`: it may not be opened: private mode, a security setting, or another tab that holds an older version open.
 * - `quota`: no room is left.
 * - `lost`: the connection is closed, the site's data was cleared, or the run is not (or no longer) there.
 * - `newer`: the data belongs to a newer version of this page, or another tab is just upgrading to one.
 * - `unknown`: anything else; `cause` has it.
 */
export type StorageErrorReason = "unavailable" | "refused" | "quota" | "lost" | "newer" | "unknown";

export class StorageError extends Error {
  readonly reason: StorageErrorReason;

  constructor(reason: StorageErrorReason, cause?: unknown) {
    super(`storage: ${reason}`, { cause });
    this.name = "StorageError";
    this.reason = reason;
  }
}

/**
 * The error to report for what IndexedDB threw while `doing` something. Errors that are not the storage's fault (a value that cannot be
 * cloned, a broken invariant) come back as they are.
 */
export function toStorageError(error: unknown, doing: "opening" | "using"): unknown {
  if (!(error instanceof DOMException) || error.name === "DataCloneError") return error;
  return new StorageError(reasonOf(error.name, doing), error);
}

function reasonOf(name: string, doing: "opening" | "using"): StorageErrorReason {
  switch (name) {
    case "QuotaExceededError":
      return "quota";
    case "SecurityError":
    case "NotAllowedError":
      return "refused";
    case "VersionError":
      return "newer";
    case "InvalidStateError":
      // While opening, this is how Firefox refuses in some private modes; later it is the answer of a closed connection.
      return doing === "opening" ? "refused" : "lost";
    case "AbortError":
      // We report our own aborts by their cause, so this one came from the browser, which is closing the connection.
      return doing === "opening" ? "unknown" : "lost";
    default:
      return "unknown";
  }
}
