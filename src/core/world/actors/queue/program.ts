import { isAmqpBroker } from "../../../queue/broker/amqpBroker";
import type { ProgramContext } from "../../../queue/clients/session";
import type { ActorId } from "../../../sim/message";
import { observeProgram } from "../../../watch/queue/observeProgram";
import { RESTART_MS } from "../../../apps/attempt";
import { say } from "../../../watch/say";
import { kindOf } from "../../actorKind";
import { actorsOf, type Cluster } from "../../cluster";
import { contextOf } from "../../kernel/contexts";
import { closeConnection } from "../../kernel/disconnect";
import { cancelTimer, sendMessage, setTimer } from "../../kernel/post";
import { removeActor } from "../../kernel/removeActor";
import { startAgainLater } from "../supervisor";

/** Every program has one connection. */
export const CONNECTION = 0;

/** The RabbitMQ broker of a world. There is one as long as there is anything of AMQP. */
export function amqpBrokerId(cluster: Cluster): ActorId {
  for (const [id] of actorsOf(cluster, isAmqpBroker)) return id;
  throw new Error("this world has no RabbitMQ broker");
}

/** A program's process has ended: its connection breaks, and a supervisor starts it again. */
function crash(cluster: Cluster, id: ActorId): void {
  const actor = cluster.actors.get(id);
  if (!actor) return;
  const name = kindOf(actor).nameOf(actor);
  removeActor(cluster, id);
  say(cluster, "receiver.crashedItself", { receiver: name, restartS: RESTART_MS / 1000 }, { marker: "bad" });
  startAgainLater(cluster, actor.kind, name);
}

/** What a program that speaks AMQP may do. */
export function programContext(cluster: Cluster, id: ActorId): ProgramContext {
  return contextOf(cluster, id, newContext);
}

function newContext(cluster: Cluster, id: ActorId): ProgramContext {
  const broker = amqpBrokerId(cluster);
  return {
    get nowUs() {
      return cluster.nowUs;
    },
    actor: id,
    send: (method) => void sendMessage(cluster, id, broker, CONNECTION, method, null),
    disconnect: () => closeConnection(cluster, id, broker, CONNECTION),
    setTimer: (timer, atUs) => setTimer(cluster, id, timer, atUs),
    cancelTimer: (timer) => cancelTimer(cluster, id, timer),
    tell: (fact) => observeProgram(cluster, id, fact),
    crashed: () => crash(cluster, id),
    closed: () => removeActor(cluster, id),
  };
}
