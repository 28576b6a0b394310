import type { ReactNode } from "react";
import { logPart } from "../../actions/entities/logSelection";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { StandsBelow } from "../../panels/below/StandsBelow";
import { DeliveryCheck } from "../../panels/deliveryCheck/DeliveryCheck";
import { LogMarks } from "./LogMarks";
import { RecordCard } from "./RecordCard";
import { WhyPartition } from "./WhyPartition";
import type { ShownProps } from "../../panels/kindPanel";
import { LogRecords } from "../../panels/records/LogRecords";
import { useTopiq } from "../../store/topiqStore";

/** The records of a topic, or of one of its partitions with the log's marks, or one record and its way. */
export function RecordsTab({ shown }: ShownProps): ReactNode {
  const isBelow = useTopiq((state) => state.view.below === "records");
  const isInternal = useTopiq((state) => state.image?.topics.get(shown.id)?.internal === true);
  const part = logPart(shown);
  const log = useTopiq((state) => (part ? state.image?.partitions.get(formatTopicPartition(part.topic, part.partition)) : undefined));
  return (
    <>
      {isBelow ? <StandsBelow action="recordsBelow" /> : <LogRecords shown={shown} />}
      {log && <LogMarks log={log} />}
      {log && part !== null && part.offset !== null && <RecordCard isInternal={isInternal} partition={log} offset={part.offset} />}
      {log && part?.offset === null && !isInternal && log.logEndOffset > 0 && <WhyPartition question={{ topic: log.topic, partition: log.partition, record: null }} />}
      {!isInternal && <DeliveryCheck topic={shown.id} groupId={null} />}
    </>
  );
}
