import type { narrationMessages as english } from "../en/narration";

export const narrationMessages: Record<keyof typeof english, string> = {
  "scene.queue":
    "한 그룹의 컨슈머 {members}개가 파티션 {partitions}개를 나눠 읽습니다. 레코드마다 컨슈머 **하나**가 처리하고, **로그에는 그대로 남습니다**. 컨슈머를 {partitions}개까지 늘리면 도움이 됩니다.",
  "scene.queue.balanced": "컨슈머 {members}개, 파티션 {partitions}개. **컨슈머마다 하나씩 읽습니다**. 하나 더 추가하면 그 컨슈머는 읽을 파티션이 없습니다.",
  "scene.queue.idle":
    "파티션 하나는 한 번에 그룹의 컨슈머 하나만 읽습니다. 파티션이 {partitions}개라서 **컨슈머 {idle}개는 유휴 상태**이며, 다른 컨슈머가 멈추면 대신합니다.",
  "scene.queue.single": "**컨슈머 하나가 모든 파티션**({partitions}개)을 읽습니다. 같은 그룹에 컨슈머를 추가하면 일을 나눕니다.",
  "scene.pubsub": "그룹 {groups}개가 같은 토픽을 읽습니다. **그룹마다 모든 레코드**를 각자의 속도로 받습니다. 뒤처진 그룹도 놓치는 것이 없고, 다른 그룹을 기다리게 하지 않습니다.",
  "scene.empty": "아직 흐르는 것이 없습니다. 토픽에는 **쓰는 프로듀서**와 읽는 그룹이 필요합니다.",
  "scene.noConsumers": "아직 아무도 읽지 않습니다. **레코드는 로그에서 기다립니다**. 컨슈머가 읽으러 올 때까지입니다.",
  "scene.mixed": "그룹 {groups}개에 컨슈머가 여럿씩 있습니다. **그룹 안에서는 큐, 그룹 사이에서는 발행/구독**입니다. 그룹마다 모든 레코드를 받고, 멤버 하나가 처리합니다.",
  "scene.separate": "그룹 {groups}개가 **서로 다른 토픽**을 읽습니다. 저마다 자기 토픽의 모든 레코드를 받고, 다른 토픽의 레코드는 받지 않습니다.",
  "scene.readsNothing": "**{group} 그룹은 아무 토픽도 구독하지 않아** 컨슈머가 받는 것이 없습니다. 토픽을 연결하세요.",
  "scene.gathering": "**{group} 그룹이 멤버를 모으고 있습니다**. 첫 세대가 시작될 때까지 아무도 읽지 않습니다.",
  "pause": "그동안 {seconds}초 동안 **어느 멤버도 읽지 않았습니다**. 그사이 들어온 레코드가 대기하다가 이제 처리됩니다.",

  "rebalance.started": "**{group} 그룹이 리밸런싱 중입니다**. 멤버가 다시 참여하고, 누가 어느 파티션을 읽을지 그룹 리더가 새로 정합니다.",
  "rebalance.done.gained":
    "**{consumer} 컨슈머가 이제 {partitions} 파티션을 읽습니다**. {assignor} 할당자가 {group} 그룹의 파티션을 세대 {generation}에서 새로 나누었습니다. {pause}",
  "rebalance.done.idle":
    "**{consumer} 컨슈머는 유휴 상태입니다**. 파티션 하나는 한 번에 {group} 그룹의 멤버 하나만 읽는데, {partitions}개 모두 담당이 있습니다. 다른 멤버가 멈추면 대신합니다.",
  "rebalance.done.eager": "**{group} 그룹은 모든 파티션을 내놓고 처음부터 다시 나눴습니다**(eager 방식, {assignor}). {pause}",
  "rebalance.done.cooperative":
    "**{group} 그룹은 갖고 있던 파티션을 지키고 새 파티션만 나눴습니다**({assignor}). 그동안에도 컨슈머들은 계속 읽었습니다.",
  "rebalance.done.left": "**{consumer} 컨슈머가 빠졌습니다**. {assignor} 할당자가 그 파티션을 {group} 그룹에 남은 멤버에게 나누었고, 마지막 커밋부터 이어서 읽습니다. {pause}",
  "member.joined": "**{consumer} 컨슈머가 {group} 그룹에 참여를 요청했습니다**. 그룹이 리밸런싱해야 파티션을 받습니다.",
  "member.left": "**{consumer} 컨슈머가 {group} 그룹을 떠났습니다**. LeaveGroup 요청으로 알렸기 때문에 그룹은 바로 리밸런싱합니다.",
  "member.crashed":
    "**{consumer} 컨슈머가 갑자기 죽었습니다**. {group} 그룹은 세션이 만료되어야 알게 되고, **그때까지 맡고 있던 파티션은 멈춰 있습니다**.",
  "member.expired":
    "{group} 그룹이 {timeoutMs} ms(session.timeout.ms) 동안 {consumer} 컨슈머의 소식을 듣지 못해 **죽은 것으로 봅니다**. 커밋하지 않은 레코드는 다시 읽습니다.",
  "member.pollExceeded":
    "**{consumer} 컨슈머의 poll 간격이 너무 길어**(max.poll.interval.ms) 스스로 {group} 그룹을 떠났습니다. 커밋하지 않은 레코드는 다른 멤버가 다시 읽습니다.",
  "member.silent":
    "**{consumer} 컨슈머의 소식이 끊긴 지 {silentS}초**(session.timeout.ms {timeoutS}초)입니다. {group} 그룹은 아직 살아 있다고 믿으므로 **{partitions} 파티션은 아무도 읽지 않습니다**.",
  "member.died": "**{consumer} 컨슈머의 애플리케이션이 {exception} 예외로 끝났습니다**. {because} 고쳐서 다시 시작할 때까지 {group} 그룹의 자리가 비어 있습니다.",
  "because.InvalidSessionTimeoutException": "session.timeout.ms {timeoutMs} ms가 브로커가 허용하는 {min}~{max} ms를 벗어납니다.",
  "because.NoOffsetForPartitionException": "그룹에 커밋이 없는데 auto.offset.reset이 none입니다.",
  "because.OffsetOutOfRangeException": "읽을 위치가 로그를 벗어났는데 auto.offset.reset이 none입니다.",
  "because.GroupMaxSizeReachedException": "브로커는 그룹 하나에 멤버를 {size}개까지만 받습니다(group.max.size).",

  "mode.pubsub": "발행/구독: 그룹 {groups}개, **컨슈머마다 그룹이 하나씩** 있습니다. 새 그룹은 auto.offset.reset 설정이 정한 곳에서, 전에 있던 그룹은 예전 커밋부터 읽습니다.",
  "mode.queue": "큐: **{group}** 그룹이 토픽마다 일을 나눠 맡고 **커밋한 곳부터 이어서 읽습니다**. 읽지 않는 동안 쌓인 레코드 {lag}개가 대기합니다.",
  "mode.queue.left":
    "큐: **{group}** 그룹이 토픽마다 일을 나눠 맡고 **커밋한 곳부터 이어서 읽습니다**. {lag}개가 대기합니다. {left} 그룹의 커밋은 __consumer_offsets에 남아, 되돌리면 거기서 이어집니다.",
  "mode.mixed": "**원래대로** 그룹 {groups}개입니다. 그룹 안에서는 큐, 그룹 사이에서는 발행/구독이며, 저마다 자기 커밋부터 이어서 읽습니다.",
  "group.resumed": "**{group} 그룹이 커밋된 오프셋부터 이어서 읽습니다**. 읽지 않는 동안 쌓인 레코드 {lag}개가 대기합니다.",
  "group.reset":
    "{group} 그룹에는 커밋된 오프셋이 없어 auto.offset.reset 설정을 따릅니다: **{policy}**. (earliest: 저장된 것 모두, latest: 이제부터 오는 것만)",
  "group.added": "**{group} 그룹이 구독했습니다**. 오프셋을 따로 가지므로 다른 그룹에서 아무것도 빼앗지 않습니다.",
  "group.changed": "{group} 그룹의 멤버가 **새 설정({configs})으로 다시 시작해** 그룹이 리밸런싱합니다.",
  "group.subscribed": "**{group} 그룹이 이제 {topic} 토픽도 읽습니다**. 멤버가 새 구독으로 다시 시작해 그룹이 리밸런싱합니다.",
  "group.unsubscribed": "**{group} 그룹은 이제 {topic} 토픽을 읽지 않습니다**. 거기서 커밋한 것과 레코드는 그대로 남습니다.",
  "group.removed": "**{group} 그룹이 없어졌습니다**. 레코드는 로그에 남고, 다른 그룹에는 아무 영향이 없습니다.",

  "partitions.added":
    "{topic} 토픽의 파티션이 {partitions}개가 되었습니다. **이제부터 키가 다른 파티션으로 갈 수 있고**, 이전 레코드는 있던 곳에 남습니다.",
  "topic.created": "**{topic}** 토픽이 생겼습니다. 파티션 수는 {partitions}개이며, 한 그룹에서 동시에 일할 수 있는 컨슈머 수와 같습니다.",
  "topic.deleted": "**{topic}** 토픽을 **모든 레코드와 함께** 지웠습니다.",
  "producer.added": "**{producer} 프로듀서가 {topic} 토픽에 씁니다**. 레코드마다 파티셔너가 파티션을 고릅니다.",
  "producer.removed": "{producer} 프로듀서가 없어졌습니다. **이미 쓴 레코드는 로그에 남습니다**.",
  "producer.changed": "{producer} 프로듀서가 **이제 다른 레코드를 보냅니다**.",
  "producer.wired": "**{producer} 프로듀서가 이제 {topic} 토픽에도 씁니다**. 레코드마다 토픽 {topics}개에 하나씩 보냅니다.",
  "producer.unwired": "**{producer} 프로듀서는 이제 {topic} 토픽에 쓰지 않습니다**. 이미 쓴 레코드는 로그에 남습니다.",
  "producer.rate": "**{producer} 프로듀서가 이제 1초에 레코드 {rate}개를 보냅니다**.",
  "producer.restarted": "**{producer} 프로듀서가 새 설정으로 이어 갑니다**: {configs}.",
  "consumer.changed": "**{consumer} 컨슈머가 이제 레코드 하나에 {ms} ms를 씁니다**.",
  "topic.changed": "**{topic} 토픽의 설정이 바뀌었습니다**: {configs}. 레코드는 그대로입니다.",
  "topic.missing": "**{topic} 토픽이 없습니다**. {client}에서 거듭 요청하지만 UNKNOWN_TOPIC_OR_PARTITION 오류를 받습니다. 토픽이 생기면 저절로 이어 갑니다.",
  "consumer.slow":
    "**{consumer} 컨슈머가 따라가지 못합니다**. 맡은 파티션에 레코드 {lag}개가 대기하고, 처리하는 것보다 많이 들어옵니다. 처리 시간을 줄이거나 {group} 그룹에 컨슈머를 추가해 보세요.",
  "lag.growing": "**{group} 그룹이 뒤처집니다**. 처리하는 것보다 레코드가 빨리 들어옵니다. {lag}개가 대기합니다.",
  "lag.draining": "**{group} 그룹이 따라잡는 중입니다**. 들어오는 것보다 많이 처리합니다. 아직 {lag}개가 대기합니다.",
  "lag.unread": "**{group} 그룹을 대신해 읽는 컨슈머가 없습니다**. {lag}개가 대기하고 계속 쌓입니다. 멤버가 올 때까지 로그에 남습니다.",
  "lag.drained": "**{group} 그룹이 따라잡았습니다**. 대기하는 레코드가 없습니다.",
  "sticky.switched":
    "{producer} 프로듀서가 한 파티션에 약 {bytes}바이트를 보내고 **{partition} 파티션으로 옮깁니다**. 키가 없는 레코드는 차례로 돌지 않고 약 한 배치 동안 한 파티션에 머뭅니다.",
  "admin.failed": "브로커가 **{topic}** 토픽의 변경을 거절했습니다: {error}.",
  "limit.reached": "**Topiq의 한도에 도달했습니다**({limit}: {value}). 한도를 넘는 일은 하지 않습니다.",

  "limit.maxTopics": "토픽 수",
  "limit.maxPartitionsPerTopic": "토픽 하나의 파티션 수",
  "limit.maxProducers": "프로듀서 수",
  "limit.maxGroups": "그룹 수",
  "limit.maxConsumers": "컨슈머 수",
  "limit.maxKeysPerProducer": "프로듀서 하나의 키 수",
  "limit.maxNameLength": "이름의 글자 수",
  "limit.maxLogBytesInMemory": "모든 로그의 바이트",
  "limit.maxRecordsPerSecondPerProducer": "프로듀서 하나의 초당 레코드 수",
  "limit.maxCheckpointBytes": "되감기용 바이트",
  "limit.maxMarkers": "타임라인의 표시 수",
  "limit.maxJournalCommands": "실행 하나의 변경 수",
};
