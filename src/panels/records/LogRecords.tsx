import { type ReactNode, useState } from "react";
import { useShallow } from "zustand/shallow";
import { type LogPart, logPart, recordSelection } from "../../actions/entities/logSelection";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { select, useTopiq } from "../../store/topiqStore";
import type { ShownProps } from "../kindPanel";
import { RecordsBrowser } from "./RecordsBrowser";

/** The records of the partition that is looked at, or of the whole topic. */
export function LogRecords({ shown }: ShownProps): ReactNode {
  // A record chosen in the list across partitions leaves that list as it is.
  const [chosenAcross, setChosenAcross] = useState<LogPart | null>(null);
  // What is searched for stays when another partition is looked at.
  const [search, setSearch] = useState({ topic: "", text: "" });
  const topic = shown.id;
  const part = logPart(shown);
  const { offset = null } = part ?? {};
  const across = part === null || (offset !== null && chosenAcross !== null && isSameRecord(part, chosenAcross));
  const partition = across ? null : part.partition;
  const count = useTopiq((state) => state.image?.topics.get(topic)?.partitions ?? 0);
  const isInternal = useTopiq((state) => state.image?.topics.get(topic)?.internal === true);
  const numbers = partition === null ? Array.from({ length: count }, (_, index) => index) : [partition];
  const partitions = useTopiq(useShallow(({ image }) => numbers.flatMap((number) => image?.partitions.get(formatTopicPartition(topic, number)) ?? [])));
  return (
    <RecordsBrowser
      key={`${topic}/${partition}`}
      topic={topic}
      isInternal={isInternal}
      partition={partition}
      partitions={partitions}
      selected={part && offset !== null ? { partition: part.partition, offset } : null}
      search={search.topic === topic ? search.text : ""}
      onSearch={(wanted) => setSearch({ topic, text: wanted })}
      onSearchAll={() => select([{ kind: "topic", id: topic }])}
      onSelect={(row) => {
        setChosenAcross(across ? { topic, ...row } : null);
        select([recordSelection(topic, row.partition, row.offset)]);
      }}
    />
  );
}

function isSameRecord(one: LogPart, other: LogPart): boolean {
  return one.topic === other.topic && one.partition === other.partition && one.offset === other.offset;
}
