import { quietApis } from "../../kafka/api/quiet";
import type { Method } from "../../queue/amqp/method";
import type { Body } from "./happening";

/** What AMQP is about; all else is heartbeats, and what is said once. */
const loud = new Set<Method["method"]>(["basic.publish", "basic.deliver", "basic.return", "basic.ack", "basic.nack", "basic.reject"]);

/** Whether a message is one that people are not shown, unless they ask for it. */
export function isQuiet(body: Body): boolean {
  return body.api === undefined ? !loud.has(body.method) : quietApis.has(body.api);
}
