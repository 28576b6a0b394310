import type { Content } from "../queue/amqp/content";
import type { Method } from "../queue/amqp/method";
import { isQuiet } from "../world/kernel/quiet";

/** What a method of AMQP says, in a few words; null for what is not told. */
export function methodText(method: Method): string | null {
  if (isQuiet(method)) return null;
  switch (method.method) {
    case "basic.publish":
      return contentText(method.content);
    case "basic.deliver":
      return `${method.deliveryTag}${method.redelivered ? " redelivered" : ""} ${contentText(method.content)}`;
    case "basic.return":
      return `${method.replyText} ${contentText(method.content)}`;
    case "basic.ack":
    case "basic.nack":
    case "basic.reject":
      return `${method.deliveryTag}${method.multiple ? " and before" : ""}${"requeue" in method && method.requeue ? " requeue" : ""}`;
    default:
      return null;
  }
}

function contentText({ exchange, routingKey, origin, properties }: Content): string {
  const deaths = properties.deaths.map(({ queue, reason, count }) => `${reason} in ${queue}${count > 1 ? `*${count}` : ""}`);
  return [`"${exchange}"`, routingKey, origin ? `#${origin.sendNumber}` : "", ...deaths].filter((word) => word !== "").join(" ");
}
