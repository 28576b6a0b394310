import type { Command } from "../core/world/command";
import type { ClusterImage } from "../core/picture/image";
import type { FailureVerb, Scenario } from "../scenario/scenario";
import { kindNamed } from "./entities/kindTable";
import { failureCommands } from "./failureVerbs";
import { userTopics } from "./userTopics";
import type { VerbNow } from "./verbs";

/**
 * What the scene's one button does now, whatever is selected: a scene is a lesson, and its verb acts on its first topic and group. Whom it has
 * killed it starts again as they were in the beginning.
 */
export function verbCommands(verb: VerbNow, image: ClusterImage, beginning: Pick<Scenario, "consumers" | "amqp">): readonly Command[] {
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
      return failureCommands(verb satisfies FailureVerb | "startReaders", image, beginning);
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
