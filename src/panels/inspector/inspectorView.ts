import type { ClusterImage, ConsumerImage, GroupImage, PartitionImage, ProducerImage, TopicImage } from "../../core/picture/image";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import type { Selection } from "../../store/topiqStore";

export type InspectorTab = "records" | "figures" | "settings" | "charts";

/** What the inspector shows: the selected thing as it is in the image now. */
export type InspectorView =
  | { readonly kind: "topic"; readonly topic: TopicImage; readonly partition: null; readonly offset: null }
  | { readonly kind: "partition"; readonly topic: TopicImage; readonly partition: PartitionImage; readonly offset: null }
  | { readonly kind: "record"; readonly topic: TopicImage; readonly partition: PartitionImage; readonly offset: number }
  | { readonly kind: "producer"; readonly producer: ProducerImage }
  | { readonly kind: "group"; readonly group: GroupImage }
  | { readonly kind: "consumer"; readonly consumer: ConsumerImage; readonly group: GroupImage | null };

/** A topic, or one of its partitions, or a record there. */
export type LogView = Extract<InspectorView, { readonly topic: unknown }>;

export function isLogView(view: InspectorView | null): view is LogView {
  return view !== null && "topic" in view;
}

/** The last selected thing that exists, or else the first partition of the first topic, or null in an empty scene. */
export function inspectorView(image: ClusterImage, selection: readonly Selection[]): InspectorView | null {
  for (let index = selection.length - 1; index >= 0; index--) {
    const selected = selection[index];
    const view = selected && viewOf(image, selected);
    if (view) return view;
  }
  const topic = [...image.topics.values()].find((candidate) => !candidate.internal);
  return topic ? partitionView(image, topic.name, 0) : null;
}

/** The tabs that have something in them. */
export function inspectorTabs(view: InspectorView): readonly InspectorTab[] {
  switch (view.kind) {
    case "topic":
    case "partition":
    case "record":
      return view.topic.internal ? ["records"] : ["records", "settings", "charts"];
    case "producer":
      return ["figures", "settings"];
    case "group":
    case "consumer":
      return ["figures", "settings", "charts"];
  }
}

/** The groups whose lag the charts of this view show. */
export function chartedGroups(image: ClusterImage, view: InspectorView): readonly string[] {
  if (view.kind === "group") return [view.group.spec.groupId];
  if (view.kind === "consumer") return view.group ? [view.group.spec.groupId] : [];
  return [...image.groups.keys()];
}

/** The partitions of a topic, in order. */
export function partitionsOf(image: ClusterImage, topic: TopicImage): readonly PartitionImage[] {
  return Array.from({ length: topic.partitions }, (_, index) => image.partitions.get(formatTopicPartition(topic.name, index))).filter(
    (partition) => partition !== undefined,
  );
}

function viewOf(image: ClusterImage, selected: Selection): InspectorView | null {
  switch (selected.kind) {
    case "topic": {
      const topic = image.topics.get(selected.id);
      return topic ? { kind: "topic", topic, partition: null, offset: null } : null;
    }
    case "partition":
      return partitionView(image, selected.topic, selected.partition);
    case "record": {
      const view = partitionView(image, selected.topic, selected.partition);
      return view?.kind === "partition" ? { ...view, kind: "record", offset: selected.offset } : null;
    }
    case "producer": {
      const producer = image.producers.get(selected.id);
      return producer ? { kind: "producer", producer } : null;
    }
    case "group": {
      const group = image.groups.get(selected.id);
      return group ? { kind: "group", group } : null;
    }
    case "consumer": {
      const consumer = image.consumers.get(selected.id);
      return consumer ? { kind: "consumer", consumer, group: image.groups.get(consumer.spec.groupId) ?? null } : null;
    }
  }
}

function partitionView(image: ClusterImage, topicName: string, number: number): InspectorView | null {
  const topic = image.topics.get(topicName);
  const partition = image.partitions.get(formatTopicPartition(topicName, number));
  return topic && partition ? { kind: "partition", topic, partition, offset: null } : null;
}
