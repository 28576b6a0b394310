export const narrationMessages = {
  "scene.queue":
    "{members} consumers of one group share {partitions} partitions: each record is handled by **one** of them, **and stays in the log**. More consumers help until there are {partitions}.",
  "scene.queue.balanced":
    "{members} consumers, {partitions} partitions: **each consumer reads one**. One consumer more would find nothing to read.",
  "scene.queue.idle":
    "A partition is read by one consumer of the group at a time, and there are {partitions}: **{idle} left idle**, standing by in case another stops.",
  "scene.queue.single": "**One consumer reads every partition** ({partitions}). Add another to its group, and they share the work.",
  "scene.pubsub":
    "{groups} groups read the same topic: **each group gets every record**, at its own pace. One that is behind misses nothing and holds up nobody.",
  "scene.empty": "Nothing flows yet. A topic needs **a producer that writes to it**, and a group that reads it.",
  "scene.noConsumers": "Nobody reads yet: **the records wait in the log** until a consumer comes for them.",
  "scene.mixed":
    "{groups} groups, several consumers each: **a queue inside each group, pub/sub across them**. Each group gets every record, and one of its members handles it.",
  "scene.separate": "{groups} groups read **different topics**: each gets every record of its own, and nothing of the other's.",
  "scene.readsNothing": "**{group} has subscribed to no topic**, so its consumers get nothing. Connect a topic to it.",
  "scene.gathering": "**{group} gathers its members**: nobody reads until its first generation has begun.",
  "pause": "Meanwhile, for {seconds} s, **none of its members read**: what came then waits, and is worked off now.",

  "rebalance.started": "**{group} is rebalancing**: its members join again, and its leader works out anew who reads which partition.",
  "rebalance.done.gained":
    "**{consumer} now reads {partitions}**: the {assignor} assignor has dealt out the partitions of {group} anew, in generation {generation}. {pause}",
  "rebalance.done.idle":
    "**{consumer} idles**: each partition is read by one member of {group} at a time, and all {partitions} are taken. It stands by for the others.",
  "rebalance.done.eager": "**{group} gave up every partition and dealt all of them out anew** ({assignor} is eager). {pause}",
  "rebalance.done.cooperative":
    "**{group} kept its partitions and only dealt out the new ones** ({assignor}): its members went on reading meanwhile.",
  "rebalance.done.left":
    "**{consumer} is gone**: the {assignor} assignor has shared its partitions among the members of {group} that are left. They go on from its last commits. {pause}",
  "member.joined": "**{consumer} asks to join {group}**. The group must rebalance before it is given any partition.",
  "member.left": "**{consumer} has left {group}** with a LeaveGroup request, so the group rebalances at once.",
  "member.crashed":
    "**{consumer} crashed** without a word. {group} finds out only when its session times out; **until then its partitions stand still**.",
  "member.expired":
    "{group} has heard nothing from {consumer} for {timeoutMs} ms (session.timeout.ms) and **takes it for dead**. What it had not committed is read again.",
  "member.pollExceeded":
    "**{consumer} was too slow between two polls** (max.poll.interval.ms) and left {group} by itself. What it had not committed is read again by others.",
  "member.silent":
    "**{consumer} has been silent for {silentS} s of {timeoutS}** (session.timeout.ms). {group} still counts on it, so **nobody reads {partitions}**.",
  "member.died":
    "**The application of {consumer} has ended with {exception}**. {because} Its place in {group} is empty until it is changed and started again.",
  "because.InvalidSessionTimeoutException": "Its session.timeout.ms, {timeoutMs} ms, is not what the broker allows: {min} to {max} ms.",
  "because.NoOffsetForPartitionException": "Its group has no commit there, and auto.offset.reset is none.",
  "because.OffsetOutOfRangeException": "Its position lies outside the log, and auto.offset.reset is none.",
  "because.GroupMaxSizeReachedException": "The broker lets at most {size} members into a group (group.max.size).",

  "mode.pubsub":
    "Pub/sub: {groups} groups, **a group for each consumer**. A new group begins where auto.offset.reset says; one that was there before goes on at its old commit.",
  "mode.queue":
    "Queue: **{group}** shares the work of each topic again and **resumes at its commit**. {lag} waiting: they were stored while it did not read.",
  "mode.queue.left":
    "Queue: **{group}** shares the work of each topic and **goes on at its commit**, {lag} waiting. The commits of {left} stay in __consumer_offsets, for the way back.",
  "mode.mixed":
    "{groups} groups again, **as they were**: a queue inside each, pub/sub across them. Each goes on at its own commit.",
  "group.resumed": "**{group} resumes at its committed offsets**. {lag} waiting: they were stored while it did not read.",
  "group.reset":
    "{group} has no committed offset, so auto.offset.reset decides: **{policy}**. (earliest: all that is stored; latest: only what comes from now on.)",
  "group.added": "**{group} has subscribed**. It keeps offsets of its own, so it takes nothing away from any other group.",
  "group.changed": "The members of {group} **restarted with new settings** ({configs}), so the group rebalances.",
  "group.subscribed": "**{group} now reads {topic}, too**: its members restarted with the new subscription, so the group rebalances.",
  "group.unsubscribed": "**{group} reads {topic} no more**. Its commits there stay, and so do the records.",
  "group.removed": "**{group} is gone**. The records stay in the log, and no other group notices.",

  "partitions.added":
    "{topic} now has {partitions} partitions. **Keys may go to another partition from now on**, while their older records stay where they are.",
  "topic.created": "Topic **{topic}** is there. Its number of partitions, {partitions}, is how many consumers of one group can work at once.",
  "topic.deleted": "Topic **{topic}** is deleted, **and all its records with it**.",
  "producer.added": "**{producer} writes to {topic}**. Its partitioner chooses the partition of each record.",
  "producer.removed": "{producer} is gone. **What it wrote stays in the log**.",
  "producer.changed": "{producer} **goes on with other records**.",
  "producer.wired": "**{producer} now also writes to {topic}**: each of its records goes to each of its {topics} topics.",
  "producer.unwired": "**{producer} writes to {topic} no more**. What it wrote stays in the log.",
  "producer.rate": "**{producer} sends {rate} records a second** from now on.",
  "producer.restarted": "**{producer} goes on with new settings**: {configs}.",
  "consumer.changed": "**{consumer} takes {ms} ms for a record** from now on.",
  "topic.changed": "**{topic} has new settings**: {configs}. Its records stay as they are.",
  "topic.missing":
    "**There is no topic {topic}**: {client} asks for it again and again, and gets UNKNOWN_TOPIC_OR_PARTITION. When it is made, {client} goes on by itself.",
  "consumer.slow":
    "**{consumer} cannot keep up**: {lag} wait in its partitions, and more come than it processes. Shorten its processing time, or add a consumer to {group}.",
  "lag.growing": "**{group} falls behind**: records come faster than it processes them. {lag} waiting.",
  "lag.draining": "**{group} catches up**: it processes more than comes. {lag} still waiting.",
  "lag.unread": "**Nobody reads for {group}**: {lag} waiting, and more come. They stay in the log until a member comes.",
  "lag.drained": "**{group} has caught up**: nothing is waiting.",
  "sticky.switched":
    "{producer} gave one partition about {bytes} bytes and **moves on to {partition}**. Without a key, records stick to a partition for about a batch; they do not go round.",
  "admin.failed": "The broker refused a change of **{topic}**: {error}.",
  "limit.reached": "**A limit of this playground is reached** ({limit}: {value}). What would go beyond it is not done.",

  "limit.maxTopics": "topics",
  "limit.maxPartitionsPerTopic": "partitions of a topic",
  "limit.maxProducers": "producers",
  "limit.maxGroups": "groups",
  "limit.maxConsumers": "consumers",
  "limit.maxKeysPerProducer": "keys of a producer",
  "limit.maxNameLength": "characters of a name",
  "limit.maxLogBytesInMemory": "bytes of all logs",
  "limit.maxRecordsPerSecondPerProducer": "records a second of a producer",
  "limit.maxCheckpointBytes": "bytes kept for rewinding",
  "limit.maxMarkers": "marks on the timeline",
  "limit.maxJournalCommands": "changes of a run",
} as const;
