import type { Page } from "@playwright/test";
import { dist, ensureBuilt } from "../../../.ci/build.mjs";
import { root } from "../../../.ci/shell.mjs";
import type { QueueDocument, SceneDocument } from "../scenes";
import { simulate, type Simulated } from "./simulate";
import type { Site, Stage } from "./stage";

/** One of the checkouts that are measured. It is driven only by what both have: `npm run simulate`, the built page, and the browser's tools. */
export class Side {
  /** As people read it. */
  readonly name: string;
  /** Its top folder. */
  readonly root: string;
  private readonly stage: Stage;
  private readonly makeSite: () => Promise<Site>;
  private made: Promise<Site> | null = null;
  /** Where the bench's own pages are served; the same ones for all sides. */
  private readonly benchPages: Side;

  constructor(name: string, folder: string, stage: Stage, makeSite: () => Promise<Site>, benchPages: Side | null) {
    this.name = name;
    this.root = folder;
    this.stage = stage;
    this.makeSite = makeSite;
    this.benchPages = benchPages ?? this;
  }

  /** Its built page, built and served when it is first asked for. */
  site(): Promise<Site> {
    this.made ??= this.makeSite();
    return this.made;
  }

  /** Does some work in a fresh page at an address of the built page: nothing cached, storage in memory. */
  async inPage<Value>(address: string, work: (page: Page) => Promise<Value>, beforeLoad?: (page: Page) => Promise<unknown>): Promise<Value> {
    return this.stage.inPage((await this.site()).url + address, work, beforeLoad);
  }

  /** The same in a profile on disk, where IndexedDB writes to a disk, too. */
  async onDisk<Value>(address: string, work: (page: Page) => Promise<Value>): Promise<Value> {
    return this.stage.onDisk((await this.site()).url + address, work);
  }

  /** Does some work in one of the bench's own pages, which are this checkout's on every side. */
  async inBenchPage<Value>(address: string, work: (page: Page) => Promise<Value>, beforeLoad?: (page: Page) => Promise<unknown>): Promise<Value> {
    return this.stage.inPage(`${(await this.benchPages.site()).url}bench/${address}`, work, beforeLoad);
  }

  /** Runs a scene by its `npm run simulate` from the beginning to a virtual time, ms. */
  simulate(scene: SceneDocument | QueueDocument, untilMs: number): Promise<Simulated> {
    return simulate(this.root, scene, untilMs);
  }
}

/** This checkout, as it stands in the folder. */
export function ownSide(name: string, stage: Stage): Side {
  const makeSite = async (): Promise<Site> => {
    const built = await ensureBuilt();
    if (built.code !== 0) throw new Error(`it does not build: ${built.output.trim()}`);
    return stage.serveWithBenchPages(dist);
  };
  return new Side(name, root, stage, makeSite, null);
}
