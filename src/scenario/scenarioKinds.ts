import { clusterLimits } from "../core/kafka/limits";
import { journal, runEvents, runTime } from "./commandKinds";
import { byName, list } from "./kinds/collections";
import type { Kind } from "./kinds/kind";
import { defaulted, optional, record, required } from "./kinds/record";
import { choice, nameUpTo, nullable, numberFrom, plain, textUpTo, wholeFrom } from "./kinds/scalars";
import { SCHEMA_VERSION } from "./migrations";
import { invalid, refuse } from "./problem";
import type { EntityName, LocalizedText, Scenario, SceneVerb, SharedRun, SharedScenario } from "./scenario";
import { scenarioLimits } from "./scenarioLimits";
import { amqp, configsOf, consumer, group, network, producer, topic } from "./specKinds";

// The document, a run, and what a link holds. As in `specKinds.ts`, numbers, defaults and limits stand here and nowhere else.

const { maxTopics, maxProducers, maxGroups, maxConsumers, maxNameLength } = clusterLimits;
const { maxTitleLength, maxDescriptionLength, maxLabelLength, maxPlacedEntities, maxCoordinate, maxStartMs, minSpeed, maxSpeed } = scenarioLimits;

function localizedText(maxLength: number): Kind<LocalizedText> {
  const text = textUpTo(maxLength);
  const languages = record<Exclude<LocalizedText, string>>({ en: required(1, text), ko: required(2, text) });
  return {
    read: (value, path) => (typeof value === "string" ? text : languages).read(value, path),
    pack: (value) => (typeof value === "string" ? value : languages.pack(value)),
    unpack: (json, path) => (typeof json === "string" ? json : languages.unpack(json, path)),
  };
}

const entityPattern = /^(?:producer|topic|group|consumer|exchange|queue|receiver):[^]/;
const entityName: Kind<EntityName> = nameUpTo("consumer:".length + maxNameLength, (name) => entityPattern.test(name));
const coordinate = numberFrom(-maxCoordinate, maxCoordinate);
const place = record<Scenario["layout"][EntityName]>({ x: required(1, coordinate), y: required(2, coordinate) });

const verb = choice<SceneVerb>({ addConsumer: 1, addGroup: 2, addPartition: 3, addProducer: 4, speedUpConsumer: 5, switchMode: 6, killReceiver: 7, addReceiver: 8, addSubscriber: 9, killAmqpBroker: 10, killReaders: 11, limitPrefetch: 12, mendPrograms: 13, setAside: 14 });

/**
 * A document may leave out all but its version. Then it has no name, seed 1, the slow network of the scenes, which shows what is on its way;
 * and its broker is set up as in the `server.properties` that come with Kafka for one broker.
 */
export const scenario = record<Scenario>({
  schemaVersion: required(1, plain((value, path) => (value === SCHEMA_VERSION ? value : refuse(invalid(path, "choice", { allowed: SCHEMA_VERSION }))))),
  name: defaulted(2, localizedText(maxTitleLength), ""),
  description: defaulted(3, localizedText(maxDescriptionLength), ""),
  seed: defaulted(4, wholeFrom(0, 0xffff_ffff), 1),
  network: defaulted(5, network, { latencyMs: 250, jitterMs: 80 }),
  brokerConfigs: defaulted(6, configsOf("broker"), { "offsets.topic.replication.factor": 1 }),
  topics: defaulted(7, list(topic, maxTopics), []),
  producers: defaulted(8, list(producer, maxProducers), []),
  groups: defaulted(9, list(group, maxGroups), []),
  consumers: defaulted(10, list(consumer, maxConsumers), []),
  startMs: defaulted(11, numberFrom(0, maxStartMs), 0),
  speed: defaulted(12, numberFrom(minSpeed, maxSpeed), 1),
  verb: defaulted(13, verb, "addConsumer"),
  layout: defaulted(14, byName(entityName, place, maxPlacedEntities), {}),
  labels: defaulted(15, byName(entityName, localizedText(maxLabelLength), maxPlacedEntities), {}),
  amqp: optional(16, amqp),
});

export const run = record<SharedRun>({
  engineVersion: required(1, wholeFrom(1, Number.MAX_SAFE_INTEGER)),
  timeUs: required(2, runTime),
  eventCount: required(3, runEvents),
  journal: defaulted(4, journal, []),
});

export const shared = record<SharedScenario>({ scenario: required(1, scenario), run: defaulted(2, nullable(run), null) });
