import type { StampedCommand } from "../core/world/command";
import type { ClusterSpec } from "../core/world/spec";

/** Text in one language for all, or in both. */
export type LocalizedText = string | { readonly en: string; readonly ko: string };

/** The document a person edits, saves and shares: what the world is made from, and how it looks. */
export interface Scenario extends ClusterSpec {
  readonly schemaVersion: 2;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  /** Virtual moment in ms that is simulated before the first frame. */
  readonly startMs: number;
  /** Playing speed at the start, virtual seconds a second. */
  readonly speed: number;
  /** The scene's one verb. */
  readonly verb: SceneVerb;
  /** Places on the canvas by `EntityName`; what is missing is laid out. */
  readonly layout: Readonly<Record<EntityName, { readonly x: number; readonly y: number }>>;
  /** Display names by `EntityName` of producers and consumers. */
  readonly labels: Readonly<Record<EntityName, LocalizedText>>;
}

/** `producer:checkout`, `topic:orders`, `group:billing`, `consumer:c1`. */
export type EntityName = string;

export type SceneVerb = "addConsumer" | "addGroup" | "addPartition" | "addProducer" | "speedUpConsumer" | "switchMode" | "addReceiver" | FailureVerb;

/** Of scenes with RabbitMQ, and with programs that fail. */
export type FailureVerb = "killReceiver" | "addSubscriber" | "killAmqpBroker" | "killReaders" | "limitPrefetch" | "mendPrograms" | "setAside";

/** What a link holds: a scenario and, if chosen, the exact run up to a moment. */
export interface SharedScenario {
  readonly scenario: Scenario;
  readonly run: SharedRun | null;
}

export interface SharedRun {
  /** Engine that made the run; another engine re-runs it and says that it may differ. */
  readonly engineVersion: number;
  readonly timeUs: number;
  readonly eventCount: number;
  readonly journal: readonly StampedCommand[];
}
