import type { RecordSource } from "../../apps/program";
import { changeApplication, changeProducerConfigs } from "../../clients/producer/handle";
import { isProducer } from "../../clients/producer/producer";
import type { Configs } from "../../kafka/configs";
import { producerContext } from "../actors/producer";
import { clientOf } from "../cluster";
import { happened, type CommandKind } from "../commandKind";
import type { ProducerSpec } from "../spec";
import { alteredConfigs, changeSpec } from "../topology";
import { configs, formerConfigs, known, recordSource, topics } from "./rules";

export interface AlterProducer {
  readonly type: "alterProducer";
  readonly clientId: string;
  readonly topics?: readonly string[];
  /** What changes of the record source. */
  readonly source?: Partial<RecordSource>;
  /** What changes, as for a topic. The producer restarts with it. */
  readonly configs?: Configs;
}

export const alterProducer: CommandKind<AlterProducer> = {
  type: "alterProducer",
  validate: ({ producers }, { clientId, topics: names = [], source, configs: changed = {} }) => {
    const spec = producers.get(clientId);
    return known(producers, clientId, "unknownProducer") ?? topics(names) ?? (spec ? recordSource({ ...spec.source, ...source }) : null) ?? configs("producer", alteredConfigs(spec, changed));
  },
  fold: ({ producers }, { clientId, topics: names, source, configs: changed }) => {
    const spec = producers.get(clientId);
    if (names) changeSpec(producers, clientId, { topics: names });
    if (source && spec) changeSpec(producers, clientId, { source: { ...spec.source, ...source } });
    if (changed) changeSpec(producers, clientId, { configs: alteredConfigs(spec, changed) });
  },
  perform: (cluster, command, before) => {
    const { clientId, topics: names, source, configs: changed } = command;
    const spec = cluster.topology.producers.get(clientId);
    const found = clientOf(cluster, isProducer, clientId);
    if (found && spec) {
      const context = producerContext(cluster, found.id);
      if (names || source) changeApplication(found.client, context, { ...(names && { topics: names }), ...(source && { source: spec.source }) });
      if (changed) changeProducerConfigs(found.client, context, spec.configs);
    }
    return whatChanged(command, spec, before.producers.get(clientId)?.topics ?? []);
  },
  inverse: (command, before) => {
    const spec = before.producers.get(command.clientId);
    if (!spec) return null;
    return {
      type: "alterProducer",
      clientId: command.clientId,
      ...(command.topics && { topics: spec.topics }),
      ...(command.source && { source: spec.source }),
      ...(command.configs && { configs: formerConfigs(command.configs, spec.configs) }),
    };
  },
};

/** The wiring first. */
function whatChanged({ clientId: producer, topics: names, source, configs: changed }: AlterProducer, spec: ProducerSpec | undefined, before: readonly string[]): ReturnType<typeof happened> {
  const [added] = (names ?? []).filter((topic) => !before.includes(topic));
  const [gone] = names ? before.filter((topic) => !names.includes(topic)) : [];
  if (added !== undefined) return happened("producer.wired", { producer, topic: added, topics: spec?.topics.length ?? 0 });
  if (gone !== undefined) return happened("producer.unwired", { producer, topic: gone });
  if (source?.ratePerSecond !== undefined) return happened("producer.rate", { producer, rate: source.ratePerSecond });
  return changed ? happened("producer.restarted", { producer, configs: Object.keys(changed).join(", ") }) : happened("producer.changed", { producer });
}
