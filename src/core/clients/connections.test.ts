import { describe, expect, it } from "vitest";
import { answered, expireRequests, isReachable, loseConnection, newConnections, nodeToAsk, reachableAtUs, sendRequest, type Connections, type RequestInFlight } from "./connections";
import { TestClient } from "./testClient";

/** A client that does nothing but send, and keeps what it hears is lost. */
function sender(bootstrap: readonly number[] = [1]): { readonly test: TestClient; readonly connections: Connections; readonly lost: RequestInFlight[]; send(nodeId: number, connection: number, timeoutMs: number): number } {
  const connections = newConnections(bootstrap);
  const lost: RequestInFlight[] = [];
  const test = new TestClient(
    (_context, requestId) => answered(connections, requestId),
    () => undefined,
    (context) => lost.push(...expireRequests(connections, context)),
  );
  test.looksForOverdue = true;
  return { test, connections, lost, send: (nodeId, connection, timeoutMs) => sendRequest(connections, test, nodeId, connection, { api: "Metadata", topics: [] }, timeoutMs) };
}

const METADATA = { api: "Metadata", brokers: [], controllerId: 1, topics: [] } as const;
const ids = (requests: readonly RequestInFlight[]): number[] => requests.map(({ requestId }) => requestId);

describe("NET-1 a request without an answer", () => {
  it("given its time is over, then its connection is closed, and all that waits on that fails, in order; other connections go on", () => {
    const { test, connections, lost, send } = sender();
    const [first, elsewhere, second] = [send(1, 0, 1000), send(1, 1, 5000), send(1, 0, 9000)];
    test.sleep(999);
    expect([lost, test.disconnected]).toEqual([[], []]);
    test.sleep(1);
    expect(ids(lost)).toEqual([first, second]);
    expect(test.disconnected).toEqual([[1, 0]]);
    expect(connections.inFlight.map(({ requestId }) => requestId)).toEqual([elsewhere]);
    test.sleep(4000);
    expect([ids(lost), test.disconnected]).toEqual([[first, second, elsewhere], [[1, 0], [1, 1]]]);
  });

  it("given a later request with less time, then that is looked for first", () => {
    const { test, lost, send } = sender();
    send(1, 0, 9000);
    const short = send(1, 1, 500);
    test.sleep(500);
    expect(ids(lost)).toEqual([short]);
  });

  it("given an answer in time, then nothing is overdue, and nobody looks for it any more", () => {
    const { test, connections, lost, send } = sender();
    send(1, 0, 1000);
    test.answer(test.one("Metadata"), METADATA);
    test.sleep(5000);
    expect([lost, test.disconnected, test.alarmUs, connections.lookUs]).toEqual([[], [], null, null]);
  });

  it("given a connection that is closed under it, then all that waits on it fails at once", () => {
    const { test, connections, send } = sender();
    const first = send(1, 0, 1000);
    send(1, 1, 1000);
    const second = send(1, 0, 1000);
    expect(ids(loseConnection(connections, test, 1, 0))).toEqual([first, second]);
    expect(test.disconnected).toEqual([]);
  });
});

describe("NET-2 a broker that could not be reached", () => {
  it("is sent to again after reconnect.backoff.ms, twice as long after each further failure, up to reconnect.backoff.max.ms", () => {
    const { test, connections } = sender();
    const backoffs = Array.from({ length: 7 }, () => {
      loseConnection(connections, test, 1, 0);
      return (reachableAtUs(connections, 1) - test.nowUs) / 1000;
    });
    expect(backoffs).toEqual([50, 100, 200, 400, 800, 1000, 1000]);
    for (let failure = 0; failure < 60; failure++) loseConnection(connections, test, 1, 0);
    expect(reachableAtUs(connections, 1)).toBe(1_000_000);
    expect([isReachable(connections, 1, 999_999), isReachable(connections, 1, 1_000_000), isReachable(connections, 2, 0)]).toEqual([false, true, true]);
  });

  it("given an answer of it, then it begins anew; one that nobody waits for any more says nothing", () => {
    const { test, connections, send } = sender();
    for (let failure = 0; failure < 4; failure++) loseConnection(connections, test, 1, 0);
    answered(connections, 12_345);
    expect(reachableAtUs(connections, 1)).toBe(400_000);
    send(1, 0, 1000);
    test.answer(test.one("Metadata"), METADATA);
    expect(reachableAtUs(connections, 1)).toBe(0);
    loseConnection(connections, test, 1, 0);
    expect(reachableAtUs(connections, 1)).toBe(50_000);
  });
});

describe("NET-3 what any broker can answer", () => {
  it("is asked of the first that is known, or of bootstrap.servers before any is", () => {
    const { connections } = sender([3, 1]);
    expect([nodeToAsk(connections, []), nodeToAsk(connections, [2, 1])]).toEqual([3, 2]);
  });

  it("given brokers that cannot be reached, then it is asked of one that can, or else of the one that can soonest", () => {
    const { test, connections } = sender();
    loseConnection(connections, test, 1, 0);
    loseConnection(connections, test, 1, 0);
    expect(nodeToAsk(connections, [1, 2, 3])).toBe(2);
    loseConnection(connections, test, 2, 0);
    loseConnection(connections, test, 3, 0);
    loseConnection(connections, test, 3, 0);
    expect(nodeToAsk(connections, [1, 2, 3])).toBe(2);
    expect(reachableAtUs(connections, nodeToAsk(connections, [1, 2, 3]))).toBe(50_000);
  });
});
