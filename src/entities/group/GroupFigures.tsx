import type { ReactNode } from "react";
import { useShallow } from "zustand/shallow";
import { partitionSelection } from "../../actions/entities/logSelection";
import type { GroupImage, TrackImage } from "../../core/picture/image";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { t, tDynamic } from "../../i18n/t";
import { select, useTopiq } from "../../store/topiqStore";
import { CommittedOffset } from "../../panels/inspector/parts/CommittedOffset";
import { Facts, type Fact } from "../../panels/inspector/parts/Facts";
import { useNames } from "../../panels/inspector/parts/names";
import { Term } from "../../panels/inspector/parts/Term";

/** Where a group stands: its state in Kafka's words, and its offsets in each partition. */
export function GroupFigures({ group }: { readonly group: GroupImage }): ReactNode {
  return (
    <>
      <section className="panel-card" aria-label={t("group.state.title")}>
        <h3>{tDynamic(`group.state.${group.state}`)}</h3>
        <p className="panel-note">{tDynamic(`group.state.${group.state}.meaning`)}</p>
        <Facts facts={useGroupFacts(group)} />
      </section>
      <GroupOffsets groupId={group.spec.groupId} />
    </>
  );
}

function useGroupFacts(group: GroupImage): readonly Fact[] {
  const name = useNames();
  const coordinator = group.coordinatorPartition;
  return [
    { id: "waiting", word: <Term word="figures.waitingRecords" meaning="term.waiting.meaning" />, value: group.isPositioned ? group.waiting : "–" },
    { id: "lag", word: <Term word="term.lag" meaning="term.lag.meaning" />, value: group.lag ?? "–" },
    { id: "processed", word: <Term word="figures.group.processed" meaning="figures.group.processed.meaning" />, value: group.processed },
    { id: "generation", word: <Term word="figures.generation" meaning="term.generation.meaning" />, value: group.generationId },
    { id: "rebalances", word: <Term word="figures.rebalances" meaning="term.rebalance.meaning" />, value: group.rebalances },
    { id: "assignor", word: <Term word="figures.assignor" meaning="term.assignor.meaning" />, value: group.protocolName ?? t("figures.none") },
    {
      id: "leader",
      word: <Term word="figures.leader" meaning="term.groupLeader.meaning" />,
      value: group.leader === null ? t("figures.none") : name("consumer", group.leader),
    },
    {
      id: "coordinator",
      word: <Term word="figures.coordinator" meaning="term.coordinator.meaning" />,
      value: (
        <button type="button" className="panel-link" onClick={() => select([partitionSelection(OFFSETS_TOPIC, coordinator)])}>
          {formatTopicPartition(OFFSETS_TOPIC, coordinator)}
        </button>
      ),
    },
  ];
}

const OFFSETS_TOPIC = "__consumer_offsets";

function GroupOffsets({ groupId }: { readonly groupId: string }): ReactNode {
  const name = useNames();
  const isOwn = (track: TrackImage): boolean => track.groupId === groupId;
  const logs = useTopiq(useShallow(({ image }) => [...(image?.partitions.values() ?? [])].filter((log) => log.tracks.some(isOwn))));
  const rows = logs.flatMap((log) => log.tracks.filter(isOwn).map((track) => ({ log, track })));
  if (rows.length === 0) return null;
  const severalTopics = new Set(rows.map(({ log }) => log.topic)).size > 1;
  return (
    <section className="panel-card" aria-label={t("group.offsets")}>
      <h3>{t("group.offsets")}</h3>
      <div className="panel-scroll">
        <table className="panel-table">
          <thead>
            <tr>
              <th scope="col">{t("group.offsets.partition")}</th>
              <th scope="col">
                <Term word="term.next" meaning="term.next.meaning" />
              </th>
              <th scope="col">
                <Term word="term.committed" meaning="term.committed.meaning" />
              </th>
              <th scope="col">
                <Term word="group.offsets.waiting" meaning="term.waiting.meaning" />
              </th>
              <th scope="col">
                <Term word="term.lag" meaning="term.lag.meaning" />
              </th>
              <th scope="col">{t("group.offsets.owner")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ log, track }) => (
              <tr key={formatTopicPartition(log.topic, log.partition)}>
                <td>
                  <button type="button" className="panel-link" onClick={() => select([partitionSelection(log.topic, log.partition)])}>
                    {severalTopics ? formatTopicPartition(log.topic, log.partition) : `P${log.partition}`}
                  </button>
                </td>
                <td>{track.nextOffset < 0 ? "–" : track.nextOffset}</td>
                <td>
                  <CommittedOffset topic={log.topic} partition={log.partition} offset={track.committedOffset} end={log.logEndOffset} start={log.logStartOffset} />
                </td>
                <td>{track.nextOffset < 0 ? "–" : track.waiting}</td>
                <td>{track.lag ?? "–"}</td>
                <td>{track.owner === null ? "–" : name("consumer", track.owner)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
