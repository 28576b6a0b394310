import type { Frame, OpenSource, PageMessage, Query, QueryResult, WorkerMessage } from "../bridge/messages";
import type { ClusterImage } from "../core/picture/image";
import { settled, TestPlace } from "./testPlace";

type Unaddressed<Message> = Message extends PageMessage ? Omit<Message, "worldId"> : never;
type Unnumbered<Message> = Message extends { requestId: number } ? Omit<Message, "worldId" | "requestId"> : never;

/** A page that says only what it is told to, and takes a frame only then. */
export class TestPage {
  readonly worker = new TestPlace();
  private nextRequestId = 1;

  say(message: Unaddressed<PageMessage>): void {
    this.worker.postMessage({ ...message, worldId: 1 } as PageMessage); // it only lacks its world
  }

  /** Says something that is answered, and waits for what it leads to; the number of the answer. */
  async ask(message: Unnumbered<PageMessage>): Promise<number> {
    const requestId = this.nextRequestId++;
    this.say({ ...message, requestId } as Unaddressed<PageMessage>); // it only lacked its number
    await settled();
    return requestId;
  }

  /** Opens something, and takes its first picture. */
  async open(source: OpenSource, storage: "indexeddb" | "memory" = "memory", playing = false): Promise<void> {
    const requestId = await this.ask({ type: "open", source, storage, playing });
    while (!this.all("opened").some((message) => message.requestId === requestId) && !this.all("refused").some((message) => message.requestId === requestId)) await settled();
    await this.take();
  }

  /** The page has drawn the frame that was on its way. */
  async take(): Promise<void> {
    await settled();
    this.say({ type: "frameTaken" });
    await settled();
  }

  async query<Kind extends Query["kind"]>(query: Extract<Query, { kind: Kind }>): Promise<Extract<QueryResult, { kind: Kind }>> {
    const requestId = await this.ask({ type: "query", query });
    for (;;) {
      const answer = this.all("queried").find((message) => message.requestId === requestId);
      if (answer) return answer.result as Extract<QueryResult, { kind: Kind }>; // of the kind that was asked for
      await settled();
    }
  }

  async image(): Promise<ClusterImage> {
    return (await this.query({ kind: "image" })).image;
  }

  /** Until what the worker does by itself has been done. */
  async rest(): Promise<void> {
    for (let turn = 0; turn < 40; turn++) await settled();
    await this.take();
  }

  frames(): readonly Frame[] {
    return this.all("frame");
  }

  all<Type extends WorkerMessage["type"]>(type: Type): readonly Extract<WorkerMessage, { type: Type }>[] {
    return this.worker.posted.filter((message): message is Extract<WorkerMessage, { type: Type }> => message.type === type);
  }
}
