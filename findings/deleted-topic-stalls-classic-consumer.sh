#!/usr/bin/env bash
# A consumer of the classic protocol that subscribes to two topics stops reading BOTH when one of them is deleted, for as long as auto
# commit is on (the default) and the topic stays away: it wants to join again, commits first, the commit of the deleted topic's place is
# refused as UNKNOWN_TOPIC_OR_PARTITION, and that error is tried again for up to max.poll.interval.ms, while none of its partitions is
# fetched. Nothing is thrown, heartbeats go on, and the group looks Stable. Made again, the topic takes that commit, for it goes by name:
# the consumer goes on at the OLD topic's offset in the NEW topic, and what was written there before is never read, with
# auto.offset.reset=earliest as well. With auto commit off, or by group.protocol=consumer, the other topic goes on being read, and the
# new topic is read from its first record.
# (KAFKA-12257 tells of the ids of such a topic; ConsumerCoordinator.onJoinPrepare and maybeAutoCommitOffsetsAsync, kafka-clients 4.4.0.)
#
# Seen with Kafka 4.4.0, broker and clients, one broker; 10 records were in the first topic, 20 in the one made again:
#   classic, auto commit on:  read of the other topic within 10 s of the deletion: 0 of 50; first offset read of the new topic: 10
#   classic, auto commit off: read of the other topic within 10 s of the deletion: all; first offset read of the new topic: 0
#   consumer, auto commit on: read of the other topic within 10 s of the deletion: all; first offset read of the new topic: 0
# Run: bash findings/deleted-topic-stalls-classic-consumer.sh   (Java 17 or later, and Maven)
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${broker:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>4.4.0</version></dependency>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>4.4.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q dependency:copy-dependencies -DoutputDirectory=lib
read -r port controller < <(python3 -c 'import socket
a, b = socket.socket(), socket.socket()
a.bind(("127.0.0.1", 0)); b.bind(("127.0.0.1", 0))
print(a.getsockname()[1], b.getsockname()[1])')
cat > server.properties <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controller
advertised.listeners=PLAINTEXT://127.0.0.1:$port
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$folder/data
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
PROPERTIES
java -cp "lib/*" kafka.tools.StorageTool format -t "$(java -cp "lib/*" kafka.tools.StorageTool random-uuid 2>/dev/null)" -c server.properties >format.log 2>&1
java -Xmx512m -cp "lib/*" kafka.Kafka server.properties >broker.log 2>&1 &
broker=$!
cat > Look.java <<'JAVA'
import java.time.Duration;
import java.util.*;
import java.util.concurrent.atomic.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.serialization.*;

public class Look {
  static final int BEFORE = 10, AGAIN = 20, OTHER = 50;

  public static void main(String[] arguments) throws Exception {
    String servers = arguments[0];
    boolean isAsSeen = true;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      isAsSeen &= look(admin, servers, "classic", true, false, BEFORE);
      isAsSeen &= look(admin, servers, "classic", false, true, 0);
      isAsSeen &= look(admin, servers, "consumer", true, true, 0);
    }
    System.exit(isAsSeen ? 0 : 1);
  }

  static boolean look(Admin admin, String servers, String protocol, boolean autoCommit, boolean goesOn, long firstRead) throws Exception {
    String name = protocol + "-" + autoCommit, deleted = "deleted-" + name, other = "other-" + name;
    admin.createTopics(List.of(new NewTopic(deleted, 1, (short) 1), new NewTopic(other, 1, (short) 1))).all().get();
    AtomicLong readOfOther = new AtomicLong(), readOfDeleted = new AtomicLong(), first = new AtomicLong(-1);
    AtomicBoolean isAgain = new AtomicBoolean(), isOver = new AtomicBoolean();
    Properties reading = new Properties();
    reading.put("bootstrap.servers", servers);
    reading.put("group.id", "group-" + name);
    reading.put("group.protocol", protocol);
    reading.put("auto.offset.reset", "earliest");
    reading.put("auto.commit.interval.ms", "500");
    reading.put("enable.auto.commit", String.valueOf(autoCommit));
    Thread thread = new Thread(() -> {
      try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer())) {
        consumer.subscribe(List.of(deleted, other));
        while (!isOver.get()) {
          for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
            if (record.topic().equals(other)) readOfOther.incrementAndGet();
            else if (isAgain.get()) first.compareAndSet(-1, record.offset());
            else readOfDeleted.incrementAndGet();
          }
        }
      }
    });
    thread.start();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
      send(producer, deleted, BEFORE);
      waitFor(() -> readOfDeleted.get() == BEFORE);
      Thread.sleep(2000); // longer than the commit interval
      admin.deleteTopics(List.of(deleted)).all().get();
      Thread.sleep(1000); // what was being fetched is through
      long until = readOfOther.get();
      for (int sent = 0; sent < OTHER; sent++) {
        send(producer, other, 1);
        Thread.sleep(200);
      }
      long read = readOfOther.get() - until;
      isAgain.set(true);
      admin.createTopics(List.of(new NewTopic(deleted, 1, (short) 1))).all().get();
      // A producer of its own, which knows nothing of the topic that was.
      try (KafkaProducer<String, String> again = new KafkaProducer<>(Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
        send(again, deleted, AGAIN);
      }
      waitFor(() -> first.get() >= 0);
      System.out.printf("%s, auto commit %s: read of the other topic within 10 s of the deletion: %d of %d; first offset read of the new topic: %d%n", protocol, autoCommit ? "on" : "off", read, OTHER, first.get());
      isOver.set(true);
      thread.join();
      return goesOn ? read >= OTHER - 5 && first.get() == firstRead : read == 0 && first.get() == firstRead;
    }
  }

  static void send(KafkaProducer<String, String> producer, String topic, int count) throws Exception {
    for (int sent = 0; sent < count; sent++) producer.send(new ProducerRecord<>(topic, "value " + sent));
    producer.flush();
  }

  interface Question {
    boolean ask();
  }

  static void waitFor(Question question) throws Exception {
    for (int tries = 0; !question.ask(); tries++) {
      if (tries > 600) throw new IllegalStateException("not seen within a minute");
      Thread.sleep(100);
    }
  }
}
JAVA
for _ in $(seq 60); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 1; done
javac -cp "lib/*" Look.java
java -Xmx256m -cp "lib/*:." Look "127.0.0.1:$port" 2>client.log || { echo "not as seen before"; tail -5 client.log; exit 1; }
