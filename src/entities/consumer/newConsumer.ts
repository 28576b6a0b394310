import type { ClusterImage } from "../../core/picture/image";
import type { ConsumerSpec } from "../../core/world/spec";
import { freshName, takenClients } from "../newNames";

/** A consumer that works as the last one of the model's group does, or else as the last of all. */
export function newConsumer(image: ClusterImage, groupId: string, modelGroup: string | undefined): ConsumerSpec {
  const models = [...image.consumers.values()].map((consumer) => consumer.spec);
  const model = models.findLast((spec) => spec.groupId === modelGroup) ?? models.at(-1);
  return { clientId: freshName("c", takenClients(image)), groupId, processing: model?.processing ?? { timeMs: 500 } };
}
