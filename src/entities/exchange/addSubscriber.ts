import type { Addition } from "../../actions/entities/entityKind";
import type { ClusterImage } from "../../core/picture/image";
import { freshName } from "../newNames";
import { newQueue, newReceiver } from "../receiver/newReceiver";

/** One more queue at an exchange, with a receiver: it gets a copy of each message from now on. */
export function addSubscriber(image: ClusterImage, exchange: string): Addition {
  const name = freshName(`${exchange}.s`, new Set(image.queues.keys()));
  return {
    commands: [
      { type: "declareQueue", queue: newQueue(name, [{ exchange, routingKey: "" }]) },
      { type: "addReceiver", receiver: newReceiver(image, name) },
    ],
    added: { kind: "queue", id: name },
  };
}
