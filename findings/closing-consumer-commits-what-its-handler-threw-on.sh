#!/usr/bin/env bash
# A handler that throws on its third record of ten loses eight, if its consumer is closed as the language invites one to (try-with-resources,
# or close() in finally): with auto commit on, which is the default, close() commits the position, and that is the end of the last poll(),
# whatever became of its records since. The next consumer of the group begins behind all of them.
# One that is not closed, as when its process is killed there, commits nothing, and the next one gets all ten again: dying is safer than
# closing. The same with the classic protocol and with group.protocol=consumer.
# (KafkaConsumer.close tells that it commits with auto commit on; ConsumerCoordinator.close and AsyncKafkaConsumer.close, kafka-clients 4.4.0.)
#
# Seen with Kafka 4.4.0, broker and clients, one broker, ten records in one partition, the handler throws on the third:
#   classic, closed: worked on 2, the next consumer gets 0 of 10
#   classic, not closed: worked on 2, the next consumer gets 10 of 10
#   consumer, closed: worked on 2, the next consumer gets 0 of 10
#   consumer, not closed: worked on 2, the next consumer gets 10 of 10
# Run: bash findings/closing-consumer-commits-what-its-handler-threw-on.sh   (Java 17 or later, and Maven)
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
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.*;
import org.apache.kafka.common.serialization.*;

public class Look {
  static final int RECORDS = 10, THROWS_ON = 3;

  public static void main(String[] arguments) throws Exception {
    String servers = arguments[0];
    boolean isAsSeen = true;
    for (String protocol : List.of("classic", "consumer")) {
      isAsSeen &= look(servers, protocol, true, 0);
      isAsSeen &= look(servers, protocol, false, RECORDS);
    }
    // Those that were not closed are left as a killed process leaves them.
    Runtime.getRuntime().halt(isAsSeen ? 0 : 1);
  }

  static boolean look(String servers, String protocol, boolean closes, int expected) throws Exception {
    String name = protocol + "-" + closes;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
    Map<String, Object> writing = Map.of("bootstrap.servers", servers);
    try (Producer<String, String> producer = new KafkaProducer<>(writing, new StringSerializer(), new StringSerializer())) {
      for (int at = 0; at < RECORDS; at++) producer.send(new ProducerRecord<>(name, "" + at)).get();
    }
    int worked = 0;
    Consumer<String, String> first = consumer(servers, protocol, name);
    try {
      first.subscribe(List.of(name));
      ConsumerRecords<String, String> records = ConsumerRecords.empty();
      while (records.isEmpty()) records = first.poll(Duration.ofMillis(200));
      if (records.count() != RECORDS) throw new IllegalStateException("one poll() has got " + records.count());
      for (ConsumerRecord<String, String> record : records) {
        if (worked + 1 == THROWS_ON) throw new RuntimeException("the handler");
        worked++;
      }
    } catch (RuntimeException thrown) {
      if (!"the handler".equals(thrown.getMessage())) throw thrown;
    } finally {
      if (closes) first.close();
    }
    // Who is not closed is believed alive for a while: what it has committed is what the next one begins at.
    long committed;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      OffsetAndMetadata found = admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata().get().get(new TopicPartition(name, 0));
      committed = found == null ? 0 : found.offset();
    }
    int next = (int) (RECORDS - committed);
    System.out.println(protocol + ", " + (closes ? "closed" : "not closed") + ": worked on " + worked + ", the next consumer gets " + next + " of " + RECORDS);
    return next == expected && worked == THROWS_ON - 1;
  }

  static Consumer<String, String> consumer(String servers, String protocol, String group) {
    // Far apart, so that no commit by time comes in between.
    return new KafkaConsumer<>(Map.of("bootstrap.servers", servers, "group.id", group, "group.protocol", protocol, "auto.offset.reset", "earliest", "auto.commit.interval.ms", 600_000), new StringDeserializer(), new StringDeserializer());
  }
}
JAVA
for _ in $(seq 60); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 1; done
javac -cp "lib/*" Look.java
java -Xmx256m -cp "lib/*:." Look "127.0.0.1:$port" 2>client.log || { echo "not as seen before"; tail -5 client.log; exit 1; }
