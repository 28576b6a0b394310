import type { StorageStatus } from "../bridge/messages";
import type { History } from "../core/history/history";
import type { Scenario } from "../scenario/scenario";
import type { Standing } from "../storage/logStore";
import type { RunKeeper } from "./runKeeper";
import type { Kept, RunShelf } from "./runShelf";

type MemoryReason = Extract<StorageStatus, { state: "memory" }>["reason"];

/** Whether and where a world is kept. When keeping fails the world goes on in memory, and says so; nothing here ever rejects. */
export class Keeping {
  private readonly shelf: RunShelf;
  private readonly tell: (status: StorageStatus) => void;
  private keeper: RunKeeper | null;
  private status: StorageStatus;
  /** Somebody has done something here. */
  private hasWork = false;

  constructor(shelf: RunShelf, { keeper, status }: Kept, tell: (status: StorageStatus) => void) {
    this.shelf = shelf;
    this.tell = tell;
    this.keeper = keeper;
    this.status = status;
  }

  /** Tells how it is. */
  begin(): void {
    this.tell(this.status);
  }

  /** Resolves when everything up to the furthest point is kept. Where it is looked at is noted, too, and not waited for. */
  async commit(history: History, standing: Standing): Promise<void> {
    const { keeper } = this;
    const kept = keeper?.commit(history).catch(this.failed);
    keeper?.saveStanding(standing).catch(this.failed);
    await kept;
  }

  truncate(fork: Parameters<RunKeeper["truncate"]>[0]): void {
    this.keeper?.truncate(fork).catch(this.failed);
  }

  /** Something was done. */
  worked(): void {
    this.hasWork = true;
  }

  saveDocument(document: Scenario): void {
    this.hasWork = true;
    this.keeper?.saveDocument(document, Date.now()).catch(this.failed);
  }

  saveStop(): void {
    this.keeper?.saveStop().catch(() => undefined);
  }

  deleteRun(runId: string): void {
    this.shelf.deleteRun(runId).catch(this.failed);
  }

  /** The store is gone for good. What was in it may be gone, too. */
  lost(reason: MemoryReason): void {
    if (this.keeper) this.toMemory(reason, null);
  }

  /** A copy that nobody asked to keep, and in which somebody has worked. */
  get isUnsavedWork(): boolean {
    return this.hasWork && this.status.state === "memory" && (this.status.reason === "link" || this.status.reason === "otherTab");
  }

  /** Keeps a run of its own from now on. Resolves to whether there is one. */
  async keepFromNow(document: Scenario): Promise<boolean> {
    if (this.keeper) return true;
    try {
      const { keeper, status } = await this.shelf.keep(document);
      this.keeper ??= keeper;
      this.setStatus(status);
    } catch (error) {
      this.failed(error);
    }
    return this.isKept;
  }

  get isKept(): boolean {
    return this.keeper !== null;
  }

  private readonly failed = (error: unknown): void => {
    const before = this.status.state === "memory" ? this.status.savedUntilUs : null;
    this.toMemory(this.shelf.reasonOf(error), this.keeper?.keptUntilUs || before);
  };

  private toMemory(reason: MemoryReason, savedUntilUs: number | null): void {
    this.keeper = null;
    this.setStatus({ state: "memory", reason, savedUntilUs });
  }

  private setStatus(status: StorageStatus): void {
    this.status = status;
    this.tell(status);
  }
}
