import type { Answer, Frame, LookedAt, MotionFrame, MotionReturn, Playback, WorkerMessage } from "../bridge/messages";
import type { Cluster } from "../core/world/cluster";
import { diffImages } from "../core/picture/delta";
import type { Looks } from "../core/picture/entityKind";
import type { ClusterImage, TimelineImage } from "../core/picture/image";
import { messagesInFlight } from "../core/picture/messages";
import { project, type Projection } from "../core/picture/project";
import type { EventSink } from "../core/world/kernel/run";
import { MotionRecorder } from "./motion";

/** Wall ms between two frames; the picture is at most this much behind what is kept. */
export const FRAME_MS = 100;

/** What a screen needs of its worker. */
export interface ScreenHost {
  readonly post: (message: WorkerMessage) => void;
  readonly later: (act: () => void, delayMs: number) => void;
}

/** A world at a moment, as it is to be shown. */
export interface Moment {
  readonly cluster: Cluster;
  readonly timeline: TimelineImage;
  readonly playback: Playback;
  readonly isRunning: boolean;
}

interface Picture {
  readonly image: ClusterImage;
  readonly timeline: TimelineImage;
  readonly playback: Playback;
  answers: readonly Answer[];
  /** The display clock has come to it. */
  isDue: boolean;
}

/** A moment that is drawn, but not shown before it is kept. */
export interface Drawn {
  readonly picture: Picture | null;
  readonly motion: MotionFrame | null;
}

/**
 * Shows a world to the page. One frame is on its way at a time; until the page has drawn it, what changes is gathered, and the newest
 * state comes next, however slow the page is. Motion goes to the token worker past the page.
 */
export class Screen {
  private readonly worldId: number;
  private readonly host: ScreenHost;
  private readonly onReady: () => void;
  private readonly motion = new MotionRecorder();
  private port: MessagePort | null = null;
  private forgetsTokens = true;
  /** What the page looks at; null: everything. */
  private looks: Looks | null = null;
  /** The newest picture, over which the next one is drawn. */
  private drawn: Projection | null = null;
  /** The image that the page has; null asks for a whole one. */
  private shown: ClusterImage | null = null;
  private timelineStamp = "";
  private isInFlight = false;
  /** The page was still busy with the last frame when another one was due. */
  private isLate = false;
  /** Kept, and not yet posted, in their order. */
  private waiting: Picture[] = [];
  /** To wishes whose effect is not on the screen yet. */
  private answers: Answer[] = [];
  private isClosed = false;

  /** `onReady` is called when the page, having been late, can take the newest state. */
  constructor(worldId: number, host: ScreenHost, onReady: () => void) {
    this.worldId = worldId;
    this.host = host;
    this.onReady = onReady;
  }

  /** To be called after every event that is played. */
  get sink(): EventSink {
    return this.motion.note;
  }

  connect(port: MessagePort | null): void {
    this.port = port;
    this.forgetsTokens = true;
    if (port) port.onmessage = ({ data }: MessageEvent<MotionReturn>) => this.motion.recycle(data.floats as Float32Array<ArrayBuffer>); // it was made by `MotionRecorder`
  }

  /** From now on records are drawn only of these. */
  look(at: LookedAt | null): void {
    this.looks = at && { partitions: new Set(at.partitions), producers: new Set(at.producers), consumers: new Set(at.consumers) };
  }

  /** The world stands at another moment: tokens on their way there are none of this one's. */
  jump(): void {
    this.forgetsTokens = true;
    this.takeBack();
  }

  /** Gives an answer with the next picture: who was answered can build on what is shown. */
  answer(answer: Answer): void {
    this.answers.push(answer);
  }

  /** Draws a moment. While the page is late there is only motion to tell, and the picture is drawn when the page is ready for it. */
  draw(moment: Moment): Drawn {
    const motion = this.drawMotion(moment);
    if (this.isInFlight && this.waiting.length > 0) {
      this.isLate = true;
      this.takeBack();
    }
    if (this.isInFlight && this.isLate) return { picture: null, motion };
    const answers = this.answers.splice(0);
    const isDue = !moment.isRunning || this.shown === null || answers.length > 0 || this.isLate || motion?.reset === true;
    this.isLate = false;
    this.drawn = project(moment.cluster, this.drawn, this.looks);
    // Where nobody draws motion, the page draws what is on its way itself; and who looks at a world that stands still is told all of it.
    const image = this.port === null || !moment.isRunning ? { ...this.drawn.image, messages: messagesInFlight(moment.cluster) } : this.drawn.image;
    return { picture: { image, timeline: moment.timeline, playback: moment.playback, answers, isDue }, motion };
  }

  /**
   * Motion is told one frame ahead, so that a token starts where its message was sent and not where the next frame finds it. The picture
   * follows when the display clock gets there; standing still, or when somebody has just done something, both are shown at once.
   */
  show({ picture, motion }: Drawn): void {
    if (this.isClosed) return;
    if (motion) this.port?.postMessage(motion, [motion.floats.buffer]);
    if (!picture) return;
    this.waiting.push(picture);
    if (picture.isDue) return this.post();
    this.host.later(() => {
      picture.isDue = true;
      this.post();
    }, FRAME_MS);
  }

  /** The page has drawn the frame that was on its way. */
  taken(): void {
    this.isInFlight = false;
    this.post();
    if (this.isLate && !this.isInFlight) this.onReady();
  }

  /** Another world comes in its place: answers are owed still, pictures are not. Returns the motion port for that one. */
  close(): MessagePort | null {
    this.takeBack();
    for (const answer of this.answers.splice(0)) this.host.post(answer);
    this.isClosed = true;
    return this.port;
  }

  private drawMotion({ cluster, playback, isRunning }: Moment): MotionFrame | null {
    if (!this.port) return null;
    const speed = isRunning ? playback.speed : 0;
    const motion = this.motion.frame(cluster, { nowUs: cluster.nowUs - FRAME_MS * 1000 * speed, speed }, this.forgetsTokens);
    this.forgetsTokens = false;
    return motion;
  }

  /** Posts the newest picture that is due, in place of all before it. */
  private post(): void {
    if (this.isClosed || this.isInFlight) return;
    const at = this.waiting.findLastIndex(({ isDue }) => isDue);
    const picture = this.waiting[at];
    if (!picture) return;
    const passed = this.waiting.splice(0, at + 1);
    this.isInFlight = true;
    this.host.post(this.frameOf(picture, passed.flatMap(({ answers }) => answers)));
  }

  private frameOf({ image, timeline, playback }: Picture, answers: readonly Answer[]): Frame {
    const { shown } = this;
    const stamp = `${timeline.endUs} ${timeline.markers.length} ${timeline.lag.timesUs.length} ${timeline.lag.groups.size}`;
    const frame: Frame = {
      type: "frame",
      worldId: this.worldId,
      image: shown ? null : image,
      delta: shown && diffImages(shown, image),
      timeline: shown && stamp === this.timelineStamp ? null : timeline,
      playback,
      answers,
    };
    this.shown = image;
    this.timelineStamp = stamp;
    return frame;
  }

  /** Pictures that will not be shown; their answers wait for the next one. */
  private takeBack(): void {
    this.answers = [...this.waiting.splice(0).flatMap(({ answers }) => answers), ...this.answers];
  }
}
