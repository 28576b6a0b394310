import { type ReactNode, useState } from "react";
import type { ClusterImage } from "../../core/picture/image";
import { select, type Selection } from "../../store/topiqStore";
import { type LogView, partitionsOf } from "../inspector/inspectorView";
import { RecordsBrowser } from "./RecordsBrowser";

type RecordSelection = Extract<Selection, { kind: "record" }>;

/** The records of the partition that is looked at, or of the whole topic. */
export function LogRecords({ image, view }: { readonly image: ClusterImage; readonly view: LogView }): ReactNode {
  // A record chosen in the list across partitions leaves that list as it is.
  const [chosenAcross, setChosenAcross] = useState<RecordSelection | null>(null);
  // What is searched for stays when another partition is looked at.
  const [search, setSearch] = useState({ topic: "", text: "" });
  const { topic } = view;
  const text = search.topic === topic.name ? search.text : "";
  const selected: RecordSelection | null = view.kind === "record" ? { kind: "record", topic: topic.name, partition: view.partition.partition, offset: view.offset } : null;
  const across = view.kind === "topic" || (selected !== null && chosenAcross !== null && sameRecord(selected, chosenAcross));
  const partition = across ? null : (view.partition?.partition ?? null);
  return (
    <RecordsBrowser
      key={`${topic.name}/${partition}`}
      topic={topic}
      partition={partition}
      partitions={across || !view.partition ? partitionsOf(image, topic) : [view.partition]}
      selected={selected}
      search={text}
      onSearch={(wanted) => setSearch({ topic: topic.name, text: wanted })}
      onSearchAll={() => select([{ kind: "topic", id: topic.name }])}
      onSelect={(row) => {
        const record: RecordSelection = { kind: "record", topic: topic.name, ...row };
        setChosenAcross(across ? record : null);
        select([record]);
      }}
    />
  );
}

function sameRecord(one: RecordSelection, other: RecordSelection): boolean {
  return one.topic === other.topic && one.partition === other.partition && one.offset === other.offset;
}
