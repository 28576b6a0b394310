import { describe, expect, it } from "vitest";
import { ErrorCode, errorName, invalidatesMetadata, isRetriable } from "./errors";
import recorded from "./vectors/error-codes.json";

describe("error codes", () => {
  it("BYT-8 are Kafka's, name by name", () => {
    expect(ErrorCode).toEqual(Object.fromEntries(recorded.codes.map(({ name, code }) => [name, code])));
  });

  it.each(recorded.codes)("BYT-8 $name: what a client does about it", ({ code, name, retriable, invalidatesMetadata: stale }) => {
    expect(errorName(code)).toBe(name);
    expect(isRetriable(code)).toBe(retriable);
    expect(invalidatesMetadata(code)).toBe(stale);
  });

  it("BYT-8 an unknown code is an unknown server error, not to be retried", () => {
    expect(errorName(9999)).toBe("UNKNOWN_SERVER_ERROR");
    expect(isRetriable(9999)).toBe(false);
  });
});
