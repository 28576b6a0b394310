import type { Command } from "../core/world/command";
import type { ClusterImage } from "../core/picture/image";
import type { Params } from "../i18n/t";
import type { FailureVerb, Scenario, SceneVerb } from "../scenario/scenario";
import { kindNamed } from "./entities/kindTable";
import { userTopics } from "./userTopics";

type VerbNow = SceneVerb | "addTopic" | "startAmqpBroker" | "startReaders";

/** What the scene's one button is for now: its own verb, until that has shown what it has to show; then what comes next. */
export function currentVerb(verb: SceneVerb, image: ClusterImage): VerbNow {
  const { receivers, queues, producers, consumers, isAmqpUp, clock } = image;
  if (userTopics(image).length === 0 && queues.size === 0) return "addTopic";
  if (producers.size === 0) return "addProducer";
  if (verb === "killAmqpBroker" && isAmqpUp === false) return "startAmqpBroker";
  if (verb === "killReceiver" && receivers.size === 0) return "startReaders";
  if (verb === "killReaders" && receivers.size === 0 && [...consumers.values()].every(({ phase }) => phase === "crashed")) return "startReaders";
  if (isVerbDone(verb, image)) return afterwards[verb] ?? verb;
  const isMore = verb === "addConsumer" && clock.mode !== "pubsub";
  // One more consumer would idle like the one that does: partitions are what there is too little of.
  return isMore && [...consumers.values()].some(({ phase }) => phase === "idle") ? "addPartition" : verb;
}

/** What there is to do where a verb has done all that it can. */
const afterwards: { readonly [Verb in SceneVerb]?: SceneVerb } = { limitPrefetch: "addReceiver", oneActive: "killReceiver", setAside: "mendPrograms", mendPrograms: "addConsumer" };

function isVerbDone(verb: SceneVerb, { consumers, receivers, queues }: ClusterImage): boolean {
  const failing = [...consumers.values(), ...receivers.values()].filter(({ spec }) => spec.processing.failure);
  if (verb === "limitPrefetch") return [...receivers.values()].every(({ spec }) => spec.prefetchCount === 1);
  if (verb === "oneActive") return [...queues.values()][0]?.spec.arguments["x-single-active-consumer"] === true;
  return verb === "mendPrograms" ? failing.length === 0 : verb === "setAside" && failing.every(({ spec }) => ["forward", "reject"].includes(spec.processing.rescue?.giveUp ?? ""));
}

/** The words on the button. */
export function verbWords(verb: VerbNow, { clock, receivers }: Pick<ClusterImage, "clock" | "receivers">): { readonly key: `verb.${string}`; readonly params: Params } {
  // A consumer that is added in pub/sub gets a group of its own.
  if (verb === "addConsumer" && clock.mode === "pubsub") return { key: "verb.addGroup", params: {} };
  if (verb === "switchMode") return { key: clock.mode === "pubsub" ? "verb.switchMode.queue" : "verb.switchMode.pubsub", params: {} };
  const [receiver = ""] = receivers.keys();
  return { key: `verb.${verb}`, params: verb === "killReceiver" ? { receiver } : {} };
}

/**
 * What the scene's one button does now, whatever is selected: a scene is a lesson, and its verb acts on its first topic and group. Whom it has
 * killed it starts again as they were in the beginning.
 */
export async function verbCommands(verb: VerbNow, image: ClusterImage, beginning: Pick<Scenario, "consumers" | "amqp">): Promise<readonly Command[]> {
  switch (verb) {
    case "addConsumer":
      return add("consumer", image);
    case "addGroup":
      return add("group", image);
    case "addProducer":
      return add("producer", image);
    case "addTopic":
      return add("topic", image);
    case "addReceiver":
      return add("receiver", image);
    case "addPartition":
      return addPartition(image);
    case "speedUpConsumer":
      return speedUpSlowest(image);
    case "switchMode":
      return [{ type: "deliverAs", mode: image.clock.mode === "queue" ? "pubsub" : "queue" }];
    case "startAmqpBroker":
      return [{ type: "startAmqpBroker" }];
    default:
      return (await import("./failureVerbs")).failureCommands(verb satisfies FailureVerb | "startReaders", image, beginning);
  }
}

function add(kind: string, image: ClusterImage): readonly Command[] {
  return kindNamed(kind)?.addition?.make(image, []).commands ?? [];
}

function addPartition(image: ClusterImage): readonly Command[] {
  const [name] = userTopics(image);
  const topic = name === undefined ? undefined : image.topics.get(name);
  return topic ? [{ type: "createPartitions", topic: topic.name, count: topic.askedPartitions + 1 }] : [];
}

/** Halves the time that the slowest consumer spends on a record. */
function speedUpSlowest(image: ClusterImage): readonly Command[] {
  const consumers = [...image.consumers.values()].map((consumer) => consumer.spec);
  const slowest = consumers.reduce<(typeof consumers)[number] | undefined>(
    (found, spec) => (found && found.processing.timeMs >= spec.processing.timeMs ? found : spec),
    undefined,
  );
  if (!slowest || slowest.processing.timeMs <= 1) return [];
  const timeMs = Math.max(1, Math.floor(slowest.processing.timeMs / 2));
  return [{ type: "alterConsumer", clientId: slowest.clientId, processing: { ...slowest.processing, timeMs } }];
}
