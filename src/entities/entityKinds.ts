import type { EntityKind } from "../actions/entities/entityKind";
import { consumerKind } from "./consumer/consumer";
import { groupKind } from "./group/group";
import { producerKind } from "./producer/producer";
import { topicKind } from "./topic/topic";

/** The kinds of entities there are, each one folder beside this file, in the order in which records go. */
export const entityKinds: readonly EntityKind[] = [producerKind, topicKind, groupKind, consumerKind];
