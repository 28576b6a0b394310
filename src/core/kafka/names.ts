import { clusterLimits } from "./limits";

export const CLUSTER_METADATA_TOPIC = "__cluster_metadata";
export const CONSUMER_OFFSETS_TOPIC = "__consumer_offsets";

/** The client.id of the administration client that is always there. */
export const ADMIN_CLIENT_ID = "admin";

export function isInternalTopic(name: string): boolean {
  return name === CONSUMER_OFFSETS_TOPIC || name === CLUSTER_METADATA_TOPIC;
}

/** Kafka's rule for topic names (`Topic.validate`): letters, digits, dot, underscore and dash, 1 to 249 of them, not "." or "..". */
export function isValidTopicName(name: string): boolean {
  return /^[a-zA-Z0-9._-]{1,249}$/.test(name) && name !== "." && name !== "..";
}

/** Whether a person may call a topic so. */
export function isUserTopicName(name: string): boolean {
  return isValidTopicName(name) && !isInternalTopic(name) && name.length <= clusterLimits.maxNameLength;
}

/** Whether a person may call a producer or a consumer so. */
export function isUserClientId(name: string): boolean {
  return isUserGroupId(name) && name !== ADMIN_CLIENT_ID;
}

/** Whether a person may call a group so. */
export function isUserGroupId(name: string): boolean {
  return name.length <= clusterLimits.maxNameLength && isLegibleName(name);
}

/**
 * Whether a group or a client can be read by its name. Kafka takes any text; here a name is read by people, so it has something to see, no
 * control characters, and nothing that turns the direction of the text around it.
 */
export function isLegibleName(name: string): boolean {
  return !unfit.test(name) && !invisible.test(name);
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unfit = /[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

/**
 * White space, and what is drawn as nothing: Unicode's Default_Ignorable_Code_Point below U+10000, and the empty braille cell. Written
 * out, so that every machine agrees, whatever Unicode it knows.
 */
const invisible = /^(?:[\s\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufff8]|\u034f|[\ufe00-\ufe0f])*$/;
