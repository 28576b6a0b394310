import type { Timer } from "../../sim/timer";
import { describe, expect, it } from "vitest";
import type { ApiResponse } from "../../kafka/api/api";
import type { CoordinatorRecord } from "../../kafka/coordinatorRecords";
import { ErrorCode } from "../../kafka/errors";
import vectors from "../../kafka/vectors/group-traces.json";
import { bytesToHex, hexToBytes } from "../../kafka/vectors/hex";
import { awaitingJoinCount } from "./classic/classicGroup";
import { applySoft, handleGroupRequest, replay } from "./coordinator";
import type { GroupRequest } from "./coordinator";
import type { GroupCoordinatorContext, GroupResult } from "./coordinatorState";
import { emptyGroupCoordinatorState } from "./coordinatorState";
import { durableProjection } from "./durableProjection";
import { onTimer } from "./classic/expiry";
import { GroupChange } from "./classic/groupChange";
import { emptyGroupMetadataValue } from "./classic/groupMetadata";
import { prepareRebalance } from "./classic/rebalance";
import { unload } from "./unload";

/** Groups that share, which this coordinator does not know: it answers as for a group that does not exist. */
const SHARE_GROUP_TRACES = ["trace.012", "trace.052", "trace.112"];
/** What a test calls by hand before the event of that index; the recording does not show it. */
const CALLS: Record<string, { before: number; call: (context: GroupCoordinatorContext) => GroupResult }> = {
  "trace.069": { before: 7, call: rebalanceByHand },
  "trace.083": { before: 4, call: ({ state, nowMs }) => unload(state, nowMs) },
};
/** The test fails the append of this request: nothing that the handler decided may then be applied. */
const APPEND_FAILS: Record<string, number> = { "trace.141": 5, "trace.144": 1, "trace.152": 2 };

/** Kafka picked the leader among those that rejoined by a hash map's order, so who leads and gets the members is not compared. */
const ANY_LEADER: Record<string, number[]> = { "trace.147": [5, 6] };
/** Of two timers due at once Kafka's queue fired the one set last. */
const LAST_SET_FIRST = ["trace.081"];

type Json = Record<string, unknown>;
interface Trace {
  id: string;
  test: string;
  config: Json;
  events: TraceEvent[];
}
interface TraceEvent {
  t: number;
  op: string;
  n?: number;
  of?: number;
  ms?: number;
  version?: number;
  groupId?: string;
  request?: Json;
  response?: Json | "pending";
  error?: string;
  groupAfter?: Json | string;
  expiredTimers?: string[];
}

// The JSON file's own type is a union of hundreds of literal shapes.
const traces = (vectors.traces as unknown as Trace[]).filter(({ id }) => !SHARE_GROUP_TRACES.includes(id));

describe("GRP-1 to GRP-18: traces recorded from Kafka's GroupMetadataManagerTest", () => {
  it("are the 71 of classic groups, without the 3 that are about share groups", () => {
    expect(vectors.traces.length).toBe(71);
    expect(traces.length).toBe(68);
  });

  it.each(traces.map((trace) => [`${trace.id} ${trace.test}`, trace] as const))("%s", (_, trace) => {
    new Replayer(trace).run();
  });
});

class Replayer {
  private readonly trace: Trace;
  private readonly state = emptyGroupCoordinatorState();
  private readonly log: CoordinatorRecord[] = [];
  private readonly timers = new Map<Timer["key"], { readonly timer: Timer; readonly atMs: number }>();
  private readonly answers = new Map<number, ApiResponse>();
  private readonly bound = new Map<string, string>();
  /** Requests answered here at once, in Kafka only after an append that the test has yet to complete. */
  private readonly early = new Set<number>();
  /** By request, the placeholder of the member id that its answer, now or later, tells. */
  private readonly memberIdOf = new Map<number, string>();
  private current = 0;
  private nowMs = 0;
  private ids = 0;

  constructor(trace: Trace) {
    this.trace = trace;
    for (const { n, of, response } of trace.events) {
      const memberId = typeof response === "object" ? response["memberId"] : undefined;
      if (typeof memberId === "string" && memberId !== "") this.memberIdOf.set(n ?? of ?? 0, memberId);
    }
  }

  run(): void {
    this.trace.events.forEach((event, index) => {
      const byHand = CALLS[this.trace.id];
      if (byHand?.before === index) this.apply(byHand.call(this.context()));
      expect(this.nowMs, `clock before event ${index}`).toBe(event.t);
      this.step(event);
      this.checkDurability();
    });
  }

  private step(event: TraceEvent): void {
    if (event.op === "createClassicGroup") this.createGroup(event.groupId ?? "");
    else if (event.op === "sleep") this.sleep(event.ms ?? 0, event.expiredTimers ?? []);
    else if (event.op === "completed") this.checkCompleted(event);
    else this.request(event);
  }

  private createGroup(group: string): void {
    const record: CoordinatorRecord = { type: "GroupMetadata", key: { group }, value: emptyGroupMetadataValue(this.nowMs) };
    this.log.push(record);
    replay(this.state, record);
  }

  /** Kafka's mock advances the clock first and then fires what is due, so a timer sees the end of the sleep. */
  private sleep(ms: number, expected: string[]): void {
    this.nowMs += ms;
    const fired: string[] = [];
    for (let due = this.nextDue(); due !== null; due = this.nextDue()) {
      this.timers.delete(due.key);
      fired.push(String(due.key));
      this.apply(onTimer(this.context(), due));
    }
    expect(fired.filter((name) => !name.startsWith("heartbeat-")).sort()).toEqual(expected.filter((name) => !name.startsWith("${")).sort());
    // A heartbeat timer's whole name is one placeholder, so which one it was cannot be told; how many, can.
    expect(fired.filter((name) => name.startsWith("heartbeat-")).length).toBe(expected.filter((name) => name.startsWith("${")).length);
  }

  private nextDue(): Timer | null {
    let next: { readonly timer: Timer; readonly atMs: number } | null = null;
    const lastFirst = LAST_SET_FIRST.includes(this.trace.id) ? 1 : 0;
    for (const due of this.timers.values()) if (due.atMs <= this.nowMs && (next === null || due.atMs < next.atMs + lastFirst)) next = due;
    return next?.timer ?? null;
  }

  private request(event: TraceEvent): void {
    const n = event.n ?? 0;
    this.current = n;
    const result = handleGroupRequest(this.context(), toRequest(event, this.substitute(event.request ?? {})), n);
    if (APPEND_FAILS[this.trace.id] === n) {
      expect(result.records.length).toBe(1);
      return;
    }
    this.apply(result);
    const answer = this.answers.get(n);
    if (event.response === "pending") {
      if (answer !== undefined) {
        expect(result.records.length + this.early.size, "answered before Kafka did").toBeGreaterThan(0);
        this.early.add(n);
      }
    } else {
      this.compare(event.error === undefined ? event.response : thrownAnswer(event), answer);
    }
    this.checkGroup(event.groupAfter, event.request?.["groupId"]);
  }

  private checkCompleted(event: TraceEvent): void {
    const of = event.of ?? 0;
    if (APPEND_FAILS[this.trace.id] === of) return;
    this.early.delete(of);
    const answer = this.answers.get(of);
    if (ANY_LEADER[this.trace.id]?.includes(of)) this.compare(withoutLeader(event.response), withoutLeader(answer));
    else this.compare(event.response, answer);
  }

  private checkGroup(expected: Json | string | undefined, groupId: unknown): void {
    const group = this.state.groups.get(String(groupId));
    if (typeof expected === "string") {
      // Kafka's recording looks before the empty group's record was replayed, or at a group that is not there.
      expect(expected).toBe("none:GroupIdNotFoundException");
      expect(group).toBeUndefined();
      return;
    }
    const actual = group && {
      type: "classic",
      state: group.state,
      generation: group.generationId,
      members: group.members.size,
      awaitingJoin: awaitingJoinCount(group),
      pendingJoin: group.pendingJoinMembers.size,
      leader: group.leaderId,
      protocol: group.protocolName,
    };
    // Between Kafka's handler and its append the group is still without what the append brings.
    const beforeAppend = this.early.size > 0 ? { state: actual?.state, awaitingJoin: actual?.awaitingJoin } : {};
    this.bindLeader(expected ?? {}, group?.leaderId);
    this.compare({ ...expected, ...beforeAppend }, actual);
  }

  private checkDurability(): void {
    const recovered = emptyGroupCoordinatorState();
    for (const record of this.log) replay(recovered, record);
    expect(durableProjection(recovered)).toEqual(durableProjection(this.state));
  }

  private apply(result: GroupResult): void {
    for (const record of result.records) {
      this.log.push(record);
      replay(this.state, record);
    }
    for (const soft of result.soft) applySoft(this.state, soft);
    for (const { to, response } of result.responses) {
      expect(this.answers.has(to), `request ${to} is answered twice`).toBe(false);
      this.answers.set(to, response);
    }
    for (const { timer, atMs } of result.timers) {
      this.timers.delete(timer.key);
      if (atMs !== null) this.timers.set(timer.key, { timer, atMs });
    }
  }

  private context(): GroupCoordinatorContext {
    const { $doc } = vectors;
    const config = { ...$doc.configDefaults, ...this.trace.config };
    return {
      nowMs: this.nowMs,
      state: this.state,
      config: {
        groupInitialRebalanceDelayMs: config.classicGroupInitialRebalanceDelayMs,
        groupMinSessionTimeoutMs: config.classicGroupMinSessionTimeoutMs,
        groupMaxSessionTimeoutMs: config.classicGroupMaxSessionTimeoutMs,
        groupMaxSize: config.classicGroupMaxSize,
        offsetMetadataMaxBytes: 4096,
      },
      newMemberId: (prefix) => this.newMemberId(prefix),
    };
  }

  private newMemberId(prefix: string): string {
    this.ids += 1;
    const memberId = `${prefix}-${this.ids}`;
    const name = this.memberIdOf.get(this.current);
    if (name !== undefined) this.bound.set(name, memberId);
    return memberId;
  }

  /** A placeholder not seen before stands for an id that nobody here knows. */
  private substitute(value: unknown): Json {
    const text = JSON.stringify(value).replace(/\$\{id\d+\}/g, (name) => this.bound.get(name) ?? name);
    return JSON.parse(text) as Json; // A request is an object, and stays one.
  }

  private compare(expected: unknown, actual: unknown): void {
    expect(printable(actual)).toEqual(sortMembers(this.substitute(expected)));
  }

  /** A recording that ends before a member was answered tells its id only as the group's leader. */
  private bindLeader(expected: Json, leader: string | null | undefined): void {
    const name = expected["leader"];
    if (typeof name === "string" && typeof leader === "string" && !this.bound.has(name)) this.bound.set(name, leader);
  }
}

function rebalanceByHand(context: GroupCoordinatorContext): GroupResult {
  const group = context.state.groups.get("group-id");
  if (group === undefined) throw new Error("the trace has made no group yet");
  const change = new GroupChange(context, group);
  prepareRebalance(change);
  return change.result();
}

function withoutLeader(answer: unknown): Json {
  const { leader: _, members: __, ...rest } = answer as Json; // A JoinGroup answer, here or recorded.
  return rest;
}

function toRequest(event: TraceEvent, fields: Json): GroupRequest {
  const api = event.op.charAt(0).toUpperCase() + event.op.slice(1);
  const bytes = JSON.parse(JSON.stringify(fields), (name, value: unknown) =>
    Array.isArray(value) && (name === "protocols" || name === "assignments") ? value.map(withBytes) : value,
  ) as Json;
  // The recording has exactly the fields of Kafka's requests; only api, version and clientId stand elsewhere in it.
  return { ...bytes, api, version: event.version ?? 0, clientId: "client" } as unknown as GroupRequest;
}

function withBytes(entry: Json): Json {
  const { metadataHex, assignmentHex, ...rest } = entry;
  if (typeof metadataHex === "string") return { ...rest, metadata: hexToBytes(metadataHex) };
  return { ...rest, assignment: hexToBytes(String(assignmentHex)) };
}

/** What Kafka's service makes of an exception: the error in the answer, for LeaveGroup on each of its members. */
function thrownAnswer(event: TraceEvent): Json {
  const errorCode = ErrorCode[event.error as keyof typeof ErrorCode]; // The recording uses Kafka's names.
  if (event.op === "heartbeat") return { errorCode };
  if (event.op === "joinGroup") {
    return {
      errorCode,
      generationId: -1,
      protocolType: null,
      protocolName: "",
      leader: "",
      skipAssignment: false,
      memberId: "",
      members: [],
    };
  }
  const members = event.request?.["members"] as Json[];
  return { errorCode: 0, members: members.map(({ memberId, groupInstanceId }) => ({ memberId, groupInstanceId, errorCode })) };
}

function printable(actual: unknown): unknown {
  if (typeof actual !== "object" || actual === null) return actual;
  const fields = Object.entries(actual).flatMap(([name, value]: [string, unknown]): [string, unknown][] => {
    if (name === "api") return [];
    if (value instanceof Uint8Array) return [[`${name}Hex`, bytesToHex(value)]];
    return [[name, Array.isArray(value) ? value.map(printable) : value]];
  });
  return sortMembers(Object.fromEntries(fields) as Json);
}

/** Kafka lists a leader's members in the order of a hash map. */
function sortMembers(answer: Json): Json {
  const { members } = answer;
  if (!Array.isArray(members)) return answer;
  const idOf = (member: Json): string => String(member["memberId"]);
  return { ...answer, members: members.toSorted((left: Json, right: Json) => (idOf(left) < idOf(right) ? -1 : 1)) };
}
