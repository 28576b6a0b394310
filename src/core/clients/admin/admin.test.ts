import { describe, expect, it } from "vitest";
import type { ApiRequest } from "../../kafka/api/api";
import { connection } from "../client";
import { TestClient, type Sent } from "../testClient";
import { ask, handleAdminAlarm, handleAdminDisconnect, handleAdminResponse, handleAdminTimer, newAdmin, type Admin } from "./admin";

/** An administration client, and which of its requests were answered. */
class TestAdmin extends TestClient {
  readonly admin: Admin;
  readonly answers: (ApiRequest | null)[] = [];

  constructor() {
    const admin = newAdmin("admin", [1]);
    super(
      (_context, requestId) => this.answers.push(handleAdminResponse(admin, requestId)),
      (context) => handleAdminTimer(admin, context),
      (context) => handleAdminAlarm(admin, context),
    );
    this.admin = admin;
    this.looksForOverdue = true;
  }

  delete(name: string): void {
    ask(this.admin, this, { api: "DeleteTopics", topicNames: [name], timeoutMs: 30_000 });
  }

  breakConnection(): void {
    this.disconnect(1, connection.data);
    handleAdminDisconnect(this.admin, this, 1, connection.data);
  }

  /** What was sent and has no answer, in order: the topics' names. */
  names(): string {
    return this.deletions().flatMap(({ request }) => request.topicNames).join(" ");
  }

  deletions() {
    return this.sent("DeleteTopics");
  }
}

const answerTo = (sent: Sent<ApiRequest>, test: TestAdmin): void => test.answer(sent, { api: "DeleteTopics", responses: [] });

describe("NET-8 what the administrator asks for", () => {
  it("is sent at once, and answered once", () => {
    const test = new TestAdmin();
    test.delete("a");
    test.delete("b");
    expect(test.names()).toBe("a b");
    for (const sent of test.deletions()) answerTo(sent, test);
    expect(test.answers).toEqual([{ api: "DeleteTopics", topicNames: ["a"], timeoutMs: 30_000 }, { api: "DeleteTopics", topicNames: ["b"], timeoutMs: 30_000 }]);
    expect([test.admin.pending.size, test.admin.waiting]).toEqual([0, []]);
  });

  it("given a loss, then it is sent again after retry.backoff.ms, before what was asked for since", () => {
    const test = new TestAdmin();
    for (const name of ["a", "b"]) test.delete(name);
    test.breakConnection();
    test.delete("c");
    expect(test.names()).toBe("");
    test.sleep(99);
    test.delete("d");
    expect(test.names()).toBe("");
    test.sleep(1);
    expect(test.names()).toBe("a b c d");
  });

  it("given a part of it was answered before, then only the rest is sent again", () => {
    const test = new TestAdmin();
    for (const name of ["a", "b", "c"]) test.delete(name);
    answerTo(test.deletions()[0]!, test);
    test.breakConnection();
    test.sleep(100);
    expect(test.names()).toBe("b c");
  });

  it("given loss upon loss, then the order stays, and the backoff grows to that of the connection", () => {
    const test = new TestAdmin();
    for (const name of ["a", "b"]) test.delete(name);
    for (const ms of [100, 100, 200, 400]) {
      test.breakConnection();
      test.sleep(ms - 1);
      expect(test.names()).toBe("");
      test.sleep(1);
      expect(test.names()).toBe("a b");
    }
  });

  it("given no answer within 30 s, then its connection is closed, and it is sent again", () => {
    const test = new TestAdmin();
    test.delete("a");
    test.sleep(29_999);
    expect(test.deletions().map(({ atMs }) => atMs)).toEqual([0]);
    test.sleep(101);
    expect([test.deletions().map(({ atMs }) => atMs), test.disconnected]).toEqual([[30_100], [[1, connection.data]]]);
  });

  it("given an answer that comes after all, then nobody waits for it any more", () => {
    const test = new TestAdmin();
    test.delete("a");
    const late = test.deletions()[0]!;
    test.breakConnection();
    answerTo(late, test);
    expect(test.answers).toEqual([null]);
  });
});
