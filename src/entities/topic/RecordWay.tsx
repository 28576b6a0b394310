import type { ReactNode } from "react";
import type { Biography, BiographyMoment, BiographyStep } from "../../core/history/biography";
import type { PartitionImage, RecordImage, TrackImage } from "../../core/picture/image";
import { type MessageKey, t } from "../../i18n/t";
import { CheckIcon } from "../../ui/icons";
import { usePicture } from "../../panels/usePicture";
import { CommittedBadge } from "../../panels/inspector/parts/CommittedBadge";
import { formatMomentUs } from "../../panels/inspector/parts/formatTime";
import { GroupBadge } from "../../panels/inspector/parts/marks";
import { useNames } from "../../panels/inspector/parts/names";
import { Term } from "../../panels/inspector/parts/Term";
import "./record.css";
import { recordSteps, type RecordStep } from "./recordSteps";
import { useBiography } from "./useBiography";

export interface RecordWayProps {
  readonly log: PartitionImage;
  readonly record: RecordImage;
}

const words: Record<BiographyStep, MessageKey> = {
  sent: "canvas.sent",
  batched: "record.batched",
  stored: "record.stored",
  visible: "record.visible",
  acknowledged: "record.acknowledged",
  fetched: "record.fetched",
  processed: "canvas.processed",
  committed: "term.committed",
};

/** A record's way from its producer into the log, and from there through each group. */
export function RecordWay({ log, record }: RecordWayProps): ReactNode {
  const biography = useBiography(log, record);
  return (
    <>
      <ol className="record-steps">
        {biography?.moments.filter(({ groupId }) => groupId === null).map((moment) => <Moment key={moment.step} moment={moment} />) ?? <Step word={t("record.stored")} state="done" />}
      </ol>
      {log.tracks.map((track) => (
        <GroupWay key={track.groupId} log={log} track={track} offset={record.offset} biography={biography} />
      ))}
      {biography?.isWhole === false && <p className="panel-note">{t("record.more")}</p>}
    </>
  );
}

interface GroupWayProps extends Omit<RecordWayProps, "record"> {
  readonly track: TrackImage;
  readonly offset: number;
  readonly biography: Biography | null;
}

/** What is behind it, with times; what is known only from the group's place, and what it is at. */
function GroupWay({ log, track, offset, biography }: GroupWayProps): ReactNode {
  const name = useNames();
  const owner = track.owner ?? "";
  const image = usePicture(({ groups, consumers, audit }) => [groups.get(track.groupId), consumers.get(owner), audit.get(`${track.groupId}/${log.topic}`)]);
  const group = image?.groups.get(track.groupId);
  if (!image || !group) return null;
  const moments = biography?.moments.filter(({ groupId }) => groupId === track.groupId) ?? [];
  const told = new Set(moments.map(({ step }) => words[step]));
  const steps = recordSteps(image, log, track, offset).filter(({ word, state }) => state !== "done" || !told.has(word));
  return (
    <>
      <h4 className="record-group">
        <GroupBadge letter={group.letter} /> {track.groupId}
      </h4>
      <ol className="record-steps">
        {moments.map((moment, at) => (
          <Moment key={at} moment={moment} letter={group.letter} />
        ))}
        {steps.map(({ word, params, state, consumer }) => (
          <Step key={word} word={word === "term.committed" ? <Committed letter={group.letter} /> : t(word, params)} state={state} who={consumer === undefined ? "" : name("consumer", consumer)} />
        ))}
      </ol>
    </>
  );
}

function Moment({ moment: { step, timeUs, clientId, groupId }, letter }: { readonly moment: BiographyMoment; readonly letter?: number }): ReactNode {
  const name = useNames();
  const who = clientId === null ? "" : name(groupId === null ? "producer" : "consumer", clientId);
  return <Step word={step === "committed" && letter !== undefined ? <Committed letter={letter} /> : t(words[step])} state="done" who={who} time={formatMomentUs(timeUs)} />;
}

function Committed({ letter }: { readonly letter: number }): ReactNode {
  return (
    <>
      <Term word="term.committed" meaning="term.committed.meaning" />
      <CommittedBadge letter={letter} />
    </>
  );
}

interface StepProps {
  readonly word: ReactNode;
  readonly state: RecordStep["state"];
  readonly who?: string;
  readonly time?: string;
}

function Step({ word, state, who = "", time = "" }: StepProps): ReactNode {
  return (
    <li className={`record-${state}`}>
      <i aria-hidden="true">{state === "done" && <CheckIcon size={12} />}</i>
      {word}
      <span>
        {who && <b>{who}</b>} {time}
      </span>
    </li>
  );
}
