import { clusterLimits } from "../core/kafka/limits";
import type { Command, StampedCommand } from "../core/world/command";
import type { AnyCommand } from "../core/world/commandKind";
import type { CommandForm } from "./commandForm";
import { addConsumer } from "./commands/addConsumer";
import { addGroup } from "./commands/addGroup";
import { addProducer } from "./commands/addProducer";
import { alterConsumer } from "./commands/alterConsumer";
import { alterGroup } from "./commands/alterGroup";
import { alterProducer } from "./commands/alterProducer";
import { alterTopicConfigs } from "./commands/alterTopicConfigs";
import { createPartitions } from "./commands/createPartitions";
import { createTopic } from "./commands/createTopic";
import { deleteTopic } from "./commands/deleteTopic";
import { deliverAs } from "./commands/deliverAs";
import { moveConsumer } from "./commands/moveConsumer";
import { addReceiver } from "./commands/queue/addReceiver";
import { alterPublishes } from "./commands/queue/alterPublishes";
import { alterReceiver } from "./commands/queue/alterReceiver";
import { bindQueue, unbindQueue } from "./commands/queue/bindQueue";
import { declareExchange } from "./commands/queue/declareExchange";
import { declareQueue } from "./commands/queue/declareQueue";
import { deleteExchange } from "./commands/queue/deleteExchange";
import { deleteQueue } from "./commands/queue/deleteQueue";
import { freezeReceiver } from "./commands/queue/freezeReceiver";
import { purgeQueue } from "./commands/queue/purgeQueue";
import { redeclareQueue } from "./commands/queue/redeclareQueue";
import { removeReceiver } from "./commands/queue/removeReceiver";
import { startAmqpBroker, stopAmqpBroker } from "./commands/queue/stopAmqpBroker";
import { removeConsumer } from "./commands/removeConsumer";
import { removeGroup } from "./commands/removeGroup";
import { removeProducer } from "./commands/removeProducer";
import { list } from "./kinds/collections";
import type { Kind } from "./kinds/kind";
import { defaulted, record, required, variants } from "./kinds/record";
import { wholeFrom } from "./kinds/scalars";
import type { ScenarioProblem } from "./problem";
import { scenarioLimits } from "./scenarioLimits";

/** A command as such; whether the world of its moment takes it is for the simulation to say. */
export const command = variants<"type", Command>("type", {} as never); // filled below, entry by entry

const forms = new Map<string, CommandForm<AnyCommand>>();

/** Adds a type of command; a chunk that is loaded later adds its own then. */
export function addCommandForm<Given extends AnyCommand>(form: CommandForm<Given>): void {
  forms.set(form.type, form as unknown as CommandForm<AnyCommand>); // only ever called with commands of this type
  command.add(form.type, form.number, form.kind);
}

/** Those that need a RabbitMQ broker. */
const ofQueues = {
  declareExchange,
  deleteExchange,
  declareQueue,
  deleteQueue,
  purgeQueue,
  redeclareQueue,
  bindQueue,
  unbindQueue,
  addReceiver,
  removeReceiver,
  alterReceiver,
  freezeReceiver,
  alterPublishes,
  stopAmqpBroker,
  startAmqpBroker,
};

/** Whether a type of command is one of the RabbitMQ broker's. */
export function isQueueCommand(type: string): boolean {
  return Object.hasOwn(ofQueues, type);
}

/** Every command of the simulation has its form here. */
const ours: { readonly [Type in Command["type"]]: CommandForm<Extract<Command, { type: Type }>> } = {
  createTopic,
  deleteTopic,
  createPartitions,
  alterTopicConfigs,
  addProducer,
  removeProducer,
  alterProducer,
  addGroup,
  removeGroup,
  alterGroup,
  addConsumer,
  removeConsumer,
  moveConsumer,
  alterConsumer,
  deliverAs,
  ...ofQueues,
};
for (const form of Object.values(ours)) addCommandForm<AnyCommand>(form as unknown as CommandForm<AnyCommand>); // each by its own type

/** What is wrong with a command for any world; `path` is its place. */
export function commandProblem(given: Command, path = ""): ScenarioProblem | null {
  return forms.get(given.type)?.problem?.(given, path) ?? null;
}

export const runTime = wholeFrom(0, scenarioLimits.maxRunTimeUs);
export const runEvents = wholeFrom(0, scenarioLimits.maxRunEvents);

function stampedCommands(timeUs: Kind<number>, eventCount: Kind<number>): Kind<readonly StampedCommand[]> {
  const stamped = record<StampedCommand>({ timeUs: defaulted(1, timeUs, 0), eventCount: defaulted(2, eventCount, 0), command: required(3, command) });
  return list(stamped, clusterLimits.maxJournalCommands);
}

/** Of a kept run, which was played here, however long. */
export const keptJournal = stampedCommands(wholeFrom(0, Number.MAX_SAFE_INTEGER), wholeFrom(0, Number.MAX_SAFE_INTEGER));

const entries = stampedCommands(runTime, runEvents);

/** In a link, moments are the steps from one to the next, which are short numbers. */
export const journal: Kind<readonly StampedCommand[]> = {
  read: entries.read,
  pack: (moments) =>
    entries.pack(
      moments.map((moment, at) => {
        const before = moments[at - 1] ?? { timeUs: 0, eventCount: 0 };
        return { ...moment, timeUs: moment.timeUs - before.timeUs, eventCount: moment.eventCount - before.eventCount };
      }),
    ),
  unpack: (json, path) => {
    let timeUs = 0;
    let eventCount = 0;
    const moments = entries.unpack(json, path) as { timeUs?: unknown; eventCount?: unknown }[]; // records of `stamped`, just made
    for (const moment of moments) {
      moment.timeUs = timeUs += Number(moment.timeUs ?? 0);
      moment.eventCount = eventCount += Number(moment.eventCount ?? 0);
    }
    return moments;
  },
};
