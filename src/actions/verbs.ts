import type { Command } from "../core/world/command";
import type { ClusterImage } from "../core/picture/image";
import type { SceneVerb } from "../scenario/scenario";
import type { Entity } from "./entities/entityKind";
import { kindNamed } from "./entities/kindTable";
import { userTopics } from "./userTopics";

/** What the scene's one button is for now: its own verb, until that has shown what it has to show; then what comes next. */
export function currentVerb(verb: SceneVerb, image: ClusterImage): SceneVerb | "addTopic" {
  if (userTopics(image).length === 0) return "addTopic";
  if (image.producers.size === 0) return "addProducer";
  const isMore = verb === "addConsumer" && image.clock.mode !== "pubsub";
  // One more consumer would idle like the one that does: partitions are what there is too little of.
  return isMore && [...image.consumers.values()].some(({ phase }) => phase === "idle") ? "addPartition" : verb;
}

/** What the scene's one button does now, whatever is selected: a scene is a lesson, and its verb acts on its first topic and group. */
export function verbCommands(verb: ReturnType<typeof currentVerb>, image: ClusterImage): VerbCommands {
  switch (verb) {
    case "addConsumer":
      return add("consumer", image);
    case "addGroup":
      return add("group", image);
    case "addProducer":
      return add("producer", image);
    case "addTopic":
      return add("topic", image);
    case "addPartition":
      return { commands: addPartition(image), added: null };
    case "speedUpConsumer":
      return { commands: speedUpSlowest(image), added: null };
    case "switchMode":
      return { commands: [{ type: "deliverAs", mode: image.clock.mode === "queue" ? "pubsub" : "queue" }], added: null };
  }
}

interface VerbCommands {
  readonly commands: readonly Command[];
  readonly added: Entity | null;
}

function add(kind: string, image: ClusterImage): VerbCommands {
  return kindNamed(kind)?.addition?.make(image, []) ?? { commands: [], added: null };
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
