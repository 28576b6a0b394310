/**
 * What the links of codec t1 are likely to hold, which deflate then need not write: rare things first, for what stands near the end costs
 * least. Frozen for ever: with one byte changed, no link that was ever shared would open. A better one is a new codec.
 */
export const dictionary1: Uint8Array = new TextEncoder().encode(
  [
    '"compression.type","gzip","snappy","lz4","zstd","partitioner.class","partitioner.ignore.keys",true,"partitioner.adaptive.partitioning.enable",false',
    '"max.request.size",1048576,"buffer.memory",33554432,"max.block.ms",60000,"delivery.timeout.ms",120000,"request.timeout.ms",30000',
    '"retry.backoff.ms",100,"retry.backoff.max.ms",1000,"retries",0,"max.in.flight.requests.per.connection",5,"allow.auto.create.topics"',
    '"message.timestamp.type","CreateTime","LogAppendTime","message.timestamp.before.max.ms","message.timestamp.after.max.ms",3600000',
    '"max.message.bytes",1048588,"segment.bytes",1073741824,"segment.ms",604800000,"retention.bytes",-1,"retention.ms",',
    '"cleanup.policy","compact","delete","min.insync.replicas",2,"auto.create.topics.enable","num.partitions","default.replication.factor"',
    '"message.max.bytes","log.retention.check.interval.ms","offsets.topic.num.partitions",50,"offset.metadata.max.bytes",4096',
    '"offsets.commit.timeout.ms","offsets.retention.minutes","offsets.retention.check.interval.ms","group.min.session.timeout.ms",6000',
    '"group.max.session.timeout.ms","group.max.size","group.protocol","classic","isolation.level","read_committed","read_uncommitted"',
    '"max.partition.fetch.bytes","fetch.max.bytes","fetch.max.wait.ms",500,"fetch.min.bytes",1,"max.poll.interval.ms",300000',
    "컨슈머 그룹 프로듀서 파티션 레코드 토픽 브로커 오프셋 리밸런싱 랙 커밋 큐 발행/구독 메시지 주문 결제 모바일 앱 배송 분석 알림 재고 웹 클릭 ",
    "하나의 모든 그룹마다 레코드마다 로그에 남습니다. 받습니다. 읽습니다. 처리합니다. 추가하면 늘어납니다. 줄어듭니다. 입니다. 습니다. ",
    "Queue and pub/sub: one group of consumers shares the partitions, each record is handled by one of them, and stays in the log. ",
    "every group receives all records of the topic. producers, consumers, partitions, keys, order, lag, more, slow, fast ",
    '["web-clicks",["clicks"],[3,[0,[]],60],["inventory",["payments"],"shipping",["shipments"],"notifications",["events"],"email",["users"],',
    '"acks","all","acks","1","acks","0","linger.ms",0,"linger.ms",500,"batch.size",400,"batch.size",16384,"enable.auto.commit",false,',
    '"partition.assignment.strategy","range","roundrobin","sticky","range,cooperative-sticky","cooperative-sticky","latest","none",',
    '[1,[["a","b","c"]]][2,["order-",1,100]][3,["user-",1,100,50]]["topic-1",3,[]],["topic-2",6,[]],["group-1",["topic-1"],["producer-1",',
    '["consumer-1","group-a",[100]],["consumer-2","group-b",[1000]],["c9","billing",[250]],["c10","analytics",[500]],["c11","shipping",[700]],',
    '["offsets.topic.replication.factor",1,"group.initial.rebalance.delay.ms",1000],[["orders",4,[]]],',
    '"producer:mobile-app",["mobile app","모바일 앱"],"producer:checkout",["checkout","결제"],"topic:orders",[120,"group:billing",[80.5,"consumer:c1",[960,',
    '[["checkout",["orders"],[2.6,[2,["user-",1,8]],0],["enable.idempotence",false,"metadata.max.age.ms",5000]],',
    '["mobile-app",["orders"],[1.3,[2,["user-",1,8]],0],["enable.idempotence",false,"metadata.max.age.ms",5000]]],',
    '[["analytics",["orders"],["billing",["orders"],["auto.offset.reset","earliest","auto.commit.interval.ms",1000,"max.poll.records",4,',
    '"session.timeout.ms",10000,"heartbeat.interval.ms",1000,"metadata.max.age.ms",5000]]],',
    '[["c1","billing",[450]],["c2","billing",[450]],["c3","billing",[450]],["c4","billing",[450]]],20000,1,0,[],[]],0]',
  ].join(""),
);
