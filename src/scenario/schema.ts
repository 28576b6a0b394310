import * as v from "valibot";
import { clusterLimits } from "../core/kafka/limits";
import { stampedCommandSchema } from "./commandSchema";
import { commandsProblem, orderProblem, scenarioMeaningProblem } from "./meaning";
import { migrate, SCHEMA_VERSION } from "./migrations";
import { problemOfIssue, type ScenarioProblem } from "./problem";
import type { EntityName, LocalizedText, Scenario, SceneVerb, SharedRun } from "./scenario";
import { scenarioLimits } from "./scenarioLimits";
import { configsSchema, consumerSchema, groupSchema, networkSchema, numberFrom, producerSchema, textUpTo, topicSchema, wholeFrom } from "./specSchema";

type Parsed<Name extends string, Value> = { readonly [Key in Name]: Value } | { readonly problem: ScenarioProblem };

/**
 * A scenario out of anything: a parsed value, or its JSON text. Everything is checked, kinds, ranges, caps, names, references and
 * configs, and the fields come out in one order whatever theirs was, so that equal scenarios make equal runs. Never throws.
 */
export function parseScenario(value: unknown): Parsed<"scenario", Scenario> {
  const json = typeof value === "string" ? parseJson(value) : { json: value };
  if (!json) return { problem: { reason: "notJson", path: "", detail: null, params: {} } };
  const migrated = migrate(json.json);
  if ("problem" in migrated) return migrated;
  const parsed = v.safeParse(scenarioSchema, migrated.document, { abortEarly: true });
  if (!parsed.success) return { problem: problemOfIssue(parsed.issues[0]) };
  const problem = scenarioMeaningProblem(parsed.output);
  return problem ? { problem } : { scenario: parsed.output };
}

/** The run of a link, checked as far as can be told without running it: that is for the simulation, which refuses what does not fit. */
export function parseRun(value: unknown): Parsed<"run", SharedRun> {
  const parsed = v.safeParse(runSchema, value, { abortEarly: true });
  if (!parsed.success) return { problem: problemOfIssue(parsed.issues[0]) };
  const { journal, timeUs, eventCount } = parsed.output;
  const moments = [...journal, { timeUs, eventCount }];
  const problem =
    orderProblem("journal", moments, (moment) => moment.timeUs) ??
    orderProblem("journal", moments, (moment) => moment.eventCount) ??
    commandsProblem("journal", journal);
  return problem ? { problem } : { run: parsed.output };
}

function parseJson(text: string): { readonly json: unknown } | null {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return null;
  }
}

const { maxTopics, maxProducers, maxGroups, maxConsumers, maxNameLength, maxJournalCommands } = clusterLimits;
const { maxTitleLength, maxDescriptionLength, maxLabelLength, maxPlacedEntities, maxCoordinate, maxStartMs, minSpeed, maxSpeed } = scenarioLimits;

function localizedText(maxLength: number): v.GenericSchema<unknown, LocalizedText> {
  const text = textUpTo(maxLength);
  return v.union([text, v.strictObject({ en: text, ko: text })]);
}

function byEntity<Value>(value: v.GenericSchema<unknown, Value>): v.GenericSchema<unknown, Readonly<Record<EntityName, Value>>> {
  const name = v.pipe(v.string(), v.maxLength("consumer:".length + maxNameLength), v.regex(/^(?:producer|topic|group|consumer):[^]+$/));
  return v.pipe(v.record(name, value), v.maxEntries(maxPlacedEntities));
}

const coordinate = numberFrom(-maxCoordinate, maxCoordinate);
const verbs = ["addConsumer", "addGroup", "addPartition", "addProducer", "speedUpConsumer", "switchMode"] as const satisfies readonly SceneVerb[];

const scenarioSchema: v.GenericSchema<unknown, Scenario> = v.strictObject({
  schemaVersion: v.literal(SCHEMA_VERSION),
  name: localizedText(maxTitleLength),
  description: localizedText(maxDescriptionLength),
  seed: wholeFrom(0, 0xffff_ffff),
  network: networkSchema,
  brokerConfigs: configsSchema,
  topics: v.pipe(v.array(topicSchema), v.maxLength(maxTopics)),
  producers: v.pipe(v.array(producerSchema), v.maxLength(maxProducers)),
  groups: v.pipe(v.array(groupSchema), v.maxLength(maxGroups)),
  consumers: v.pipe(v.array(consumerSchema), v.maxLength(maxConsumers)),
  startMs: numberFrom(0, maxStartMs),
  speed: numberFrom(minSpeed, maxSpeed),
  verb: v.picklist(verbs),
  layout: byEntity(v.strictObject({ x: coordinate, y: coordinate })),
  labels: byEntity(localizedText(maxLabelLength)),
});

const runSchema: v.GenericSchema<unknown, SharedRun> = v.strictObject({
  engineVersion: wholeFrom(1, Number.MAX_SAFE_INTEGER),
  timeUs: wholeFrom(0, Number.MAX_SAFE_INTEGER),
  eventCount: wholeFrom(0, Number.MAX_SAFE_INTEGER),
  journal: v.pipe(v.array(stampedCommandSchema), v.maxLength(maxJournalCommands)),
});
