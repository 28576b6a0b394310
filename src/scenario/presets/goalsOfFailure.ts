import type { ClusterImage } from "../../core/picture/image";
import { FEW, type SceneGoal } from "./goals";

// What scenes with RabbitMQ, and with programs that fail, have to show.

/** A receiver is gone, and another works on a message that has come back. */
export const cameBack: SceneGoal = ({ receivers }, { amqp }) => (amqp?.receivers ?? []).some(({ name }) => !receivers.has(name)) && [...receivers.values()].some(({ inWork }) => inWork?.redelivered);

/** Receivers have had help, and nothing waits for them. */
export const workDone: SceneGoal = ({ receivers, queues }, { amqp }) => receivers.size > (amqp?.receivers.length ?? 0) && [...queues.values()].every(({ readyCount }) => readyCount === 0);

/** A queue has come late and never got what was before; a group that came with it has read more than the queue ever got. */
export const lateGotLess: SceneGoal = ({ queues, groups }, { amqp, ...beginning }) => {
  const late = [...queues.values()].find(({ spec }) => !amqp?.queues.some(({ name }) => name === spec.name));
  const group = [...groups.values()].find(({ spec }) => !beginning.groups.some(({ groupId }) => groupId === spec.groupId));
  return late !== undefined && group !== undefined && late.audit.neverGot > 0 && late.audit.queued > 0 && group.processed > late.audit.queued + late.audit.neverGot / 2;
};

/** A new group has read the topic from its start, and the queue has nothing of what it had. */
export const readAgain: SceneGoal = ({ groups, queues }, beginning) =>
  groups.size > beginning.groups.length && [...groups.values()].every(({ isPositioned, processed, waiting }) => isPositioned && processed > FEW && waiting < FEW) && [...queues.values()].every(({ removed, audit }) => removed > audit.here);

/** Nobody is sent more than one at a time, everybody works, and little waits. */
export const nobodyHoards: SceneGoal = ({ queues, receivers }) =>
  [...receivers.values()].every(({ spec, heldCount, worked }) => spec.prefetchCount === 1 && heldCount <= 1 && worked > 0) && [...queues.values()].every(({ readyCount, unackedCount }) => readyCount + unackedCount < FEW);

/** A reader is gone; what several receive was done out of order, and what one at a time receives goes on in order with another. */
export const orderKept: SceneGoal = ({ queues, receivers }, { amqp }) => {
  const isGone = (name: string): boolean => (amqp?.receivers ?? []).some((receiver) => receiver.queue === name && !receivers.has(receiver.name));
  const all = [...queues.values()];
  const single = all.find(({ spec }) => spec.arguments["x-single-active-consumer"]);
  return (
    all.some(({ audit }) => audit.outOfOrder > 0) &&
    single !== undefined &&
    isGone(single.spec.name) &&
    single.audit.outOfOrder === 0 &&
    single.receivers.some((name) => (receivers.get(name)?.worked ?? 0) > 2)
  );
};

/** The broker is back; what one queue had is there, and what another had is lost. */
export const someOutlived: SceneGoal = ({ isAmqpUp, queues }) => {
  const all = [...queues.values()];
  return isAmqpUp === true && all.every(({ isThere }) => isThere) && all.some(({ audit }) => audit.lost > 0) && all.some(({ audit }) => audit.lost === 0 && audit.processed > 0);
};

export const someTwice: SceneGoal = (image) => fates(image).twice > 0;

export const someLost: SceneGoal = (image) => fates(image).lost > 0;

export const lostAndTwice: SceneGoal = (image) => fates(image).lost > 0 && fates(image).twice > 0;

/** What nobody can process lies apart, in Kafka and in RabbitMQ, and all others go on. */
export const poisonAside: SceneGoal = ({ audit, queues, groups }) =>
  [...audit.values()].some(({ setAside }) => setAside > 0) && [...queues.values()].some((queue) => queue.audit.deadLettered > 0) && [...groups.values()].every(({ waiting }) => waiting < FEW) && [...queues.values()].every(({ readyCount }) => readyCount < FEW);

/** No program fails any more; each that did has started anew and processed some, and what it could not process lies apart. */
export const mended: SceneGoal = ({ audit, groups, consumers }) => {
  const asides = [...audit.values()].filter(({ setAside }) => setAside > 0).map(({ groupId }) => groupId);
  return (
    asides.length > 0 &&
    [...consumers.values()].every(({ spec }) => spec.processing.failure === undefined) &&
    [...groups.values()].filter(({ spec }) => asides.includes(spec.groupId)).every((group) => {
      const since = group.consumers.reduce((sum, name) => sum + (consumers.get(name)?.processed ?? 0), 0);
      return since > FEW && since < group.processed;
    })
  );
};

/** Records and messages that were lost, and those that were done twice. */
function fates({ audit, queues }: ClusterImage): { readonly lost: number; readonly twice: number } {
  const all = [...audit.values(), ...Array.from(queues.values(), (queue) => queue.audit)];
  return { lost: all.reduce((sum, { lost }) => sum + lost, 0), twice: all.reduce((sum, { twice }) => sum + twice, 0) };
}
