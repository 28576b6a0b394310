import type { ReactNode } from "react";
import type { ClusterImage, ConsumerImage } from "../../core/picture/image";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { t, tDynamic } from "../../i18n/t";
import { select } from "../../store/topiqStore";
import { RichText } from "../../ui/RichText";
import { CommittedOffset } from "./GroupFigures";
import { Facts, type Fact } from "./parts/Facts";
import { formatTimeUs } from "./parts/formatTime";
import { KeyText } from "./parts/marks";
import { Term } from "./parts/Term";

/** What a consumer does now, and why; what it owns, and how far it is. */
export function ConsumerFigures({ image, consumer }: { readonly image: ClusterImage; readonly consumer: ConsumerImage }): ReactNode {
  const { why } = consumer;
  return (
    <>
      <section className="panel-card" aria-label={t("why.consumer")}>
        <h3>{t(`consumer.phase.${consumer.phase}`)}</h3>
        <p className="panel-note">
          <RichText text={why ? tDynamic(why.id, why.params) : t(`consumer.phase.${consumer.phase}.meaning`)} />
        </p>
        <Work consumer={consumer} timeUs={image.clock.timeUs} />
      </section>
      <Facts facts={consumerFacts(consumer)} />
      <Assignment image={image} consumer={consumer} />
    </>
  );
}

/** The record in work, and how far it is. */
function Work({ consumer, timeUs }: { readonly consumer: ConsumerImage; readonly timeUs: number }): ReactNode {
  const { inWork } = consumer;
  if (!inWork) return null;
  const percent = Math.max(0, Math.min(100, ((timeUs - inWork.startUs) / Math.max(1, inWork.endUs - inWork.startUs)) * 100));
  return (
    <div className="consumer-work">
      <button
        type="button"
        className="panel-link"
        onClick={() => select([{ kind: "record", topic: inWork.topic, partition: inWork.partition, offset: inWork.offset }])}
      >
        {t("consumer.inWork", { partition: inWork.partition, offset: inWork.offset })}
      </button>
      <KeyText recordKey={inWork.key} colour={inWork.colour} />
      <div className="why-meter" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}

function consumerFacts(consumer: ConsumerImage): readonly Fact[] {
  return [
    { id: "processed", word: <Term word="figures.processed" meaning="figures.processed.meaning" />, value: consumer.processed },
    { id: "fetched", word: <Term word="figures.fetched" meaning="figures.fetched.meaning" />, value: consumer.waitingCount },
    {
      id: "commit",
      word: <Term word="figures.lastCommit" meaning="term.commit.meaning" />,
      value: consumer.lastCommitUs === null ? t("figures.never") : formatTimeUs(consumer.lastCommitUs),
    },
    { id: "processing", word: t("settings.processing"), value: `${consumer.spec.processing.timeMs} ms` },
    {
      id: "member",
      word: <Term word="figures.memberId" meaning="figures.memberId.meaning" />,
      value: <span className="panel-long">{consumer.memberId === "" ? t("figures.none") : consumer.memberId}</span>,
    },
  ];
}

function Assignment({ image, consumer }: { readonly image: ClusterImage; readonly consumer: ConsumerImage }): ReactNode {
  if (consumer.assignment.length === 0) return null;
  return (
    <section className="panel-card" aria-label={t("consumer.owns")}>
      <h3>{t("consumer.owns")}</h3>
      <table className="panel-table">
        <thead>
          <tr>
            <th scope="col">{t("group.offsets.partition")}</th>
            <th scope="col">
              <Term word="term.position" meaning="term.position.meaning" />
            </th>
            <th scope="col">
              <Term word="term.committed" meaning="term.committed.meaning" />
            </th>
            <th scope="col">{t("group.offsets.waiting")}</th>
          </tr>
        </thead>
        <tbody>
          {consumer.assignment.map(({ topic, partition, position }) => {
            const name = formatTopicPartition(topic, partition);
            const log = image.partitions.get(name);
            const track = log?.tracks.find((candidate) => candidate.groupId === consumer.spec.groupId);
            return (
              <tr key={name}>
                <td>
                  <button type="button" className="panel-link" onClick={() => select([{ kind: "partition", topic, partition }])}>
                    {name}
                  </button>
                </td>
                <td>{position < 0 ? "–" : position}</td>
                <td>
                  {log && track && <CommittedOffset topic={topic} partition={partition} offset={track.committedOffset} start={log.logStartOffset} end={log.logEndOffset} />}
                </td>
                <td>{track?.waiting ?? "–"}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
