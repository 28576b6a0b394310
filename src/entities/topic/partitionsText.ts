import type { TopicShape } from "../../canvas/layout/sceneStructure";
import { t } from "../../i18n/t";

/** How many partitions a topic has, and what else is asked for: the brokers may not have heard of it yet, nor of more, nor that it is to go. */
export function partitionsText({ isMissing, isGoing, partitions: count, asked }: Pick<TopicShape, "isMissing" | "isGoing" | "partitions" | "asked">): string {
  if (isMissing) return t(isGoing ? "canvas.beingDeleted" : "canvas.missing");
  if (count === 0) return t("canvas.beingCreated");
  if (asked !== count) return t("canvas.partitionsAsked", { count, asked });
  return count === 1 ? t("canvas.onePartition") : t("canvas.partitions", { count });
}
