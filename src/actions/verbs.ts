import type { ClusterImage } from "../core/picture/image";
import type { Params } from "../i18n/t";
import type { SceneVerb } from "../scenario/scenario";
import { userTopics } from "./userTopics";

export type VerbNow = SceneVerb | "addTopic" | "startAmqpBroker" | "startReaders";

/** What the scene's one button is for now: its own verb, until that has shown what it has to show; then what comes next. */
export function currentVerb(verb: SceneVerb, image: ClusterImage): VerbNow {
  const { receivers, queues, producers, consumers, isAmqpUp, clock } = image;
  if (userTopics(image).length === 0 && queues.size === 0) return "addTopic";
  if (producers.size === 0) return "addProducer";
  if (isAmqpUp === false) return "startAmqpBroker";
  if (receivers.size === 0 && (verb === "killReceiver" || (verb === "killReaders" && [...consumers.values()].every(({ phase }) => phase === "crashed")))) return "startReaders";
  // What has done all that it can is followed by what shows it.
  const programs = [...consumers.values(), ...receivers.values()].map(({ spec }) => spec.processing).filter(({ failure }) => failure);
  if (verb === "limitPrefetch" && [...receivers.values()].every(({ spec }) => spec.prefetchCount === 1)) return "addReceiver";
  if ((verb === "mendPrograms" || verb === "setAside") && programs.length === 0) return "addConsumer";
  if (verb === "setAside" && programs.every(({ rescue }) => rescue?.giveUp === "forward" || rescue?.giveUp === "reject")) return "mendPrograms";
  const isMore = verb === "addConsumer" && clock.mode !== "pubsub";
  // One more consumer would idle like the one that does: partitions are what there is too little of.
  return isMore && [...consumers.values()].some(({ phase }) => phase === "idle") ? "addPartition" : verb;
}

/** The words on the button. */
export function verbWords(verb: VerbNow, { clock, receivers }: Pick<ClusterImage, "clock" | "receivers">): { readonly key: `verb.${string}`; readonly params: Params } {
  // A consumer that is added in pub/sub gets a group of its own.
  if (verb === "addConsumer" && clock.mode === "pubsub") return { key: "verb.addGroup", params: {} };
  if (verb === "switchMode") return { key: clock.mode === "pubsub" ? "verb.switchMode.queue" : "verb.switchMode.pubsub", params: {} };
  const [receiver = ""] = receivers.keys();
  return { key: `verb.${verb}`, params: verb === "killReceiver" ? { receiver } : {} };
}
