import { consumerPanel } from "./consumer/consumerPanel";
import { groupPanel } from "./group/groupPanel";
import { producerPanel } from "./producer/producerPanel";
import { topicPanel } from "./topic/topicPanel";

/** How the kinds are told in words, together in one file of the built page: what speaks of one speaks of all. */
export const entityPanels = { producer: producerPanel, topic: topicPanel, group: groupPanel, consumer: consumerPanel };
