package dev.sluice.local.server;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kafka.Kafka;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/** Formats the data folder when it is fresh, runs one broker that is also controller. */
public final class KafkaMain {
  private static final String CONTROLLER = "CONTROLLER";
  private static final int PARTITIONS = 3;

  private KafkaMain() {}

  /** Arguments: data folder, broker port, controller port, file to write when topics exist. */
  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[0]);
    String broker = "127.0.0.1:" + args[1];
    Path config = writeConfig(data, broker, "127.0.0.1:" + args[2]);
    format(data.resolve("log").toString());
    Path readyMark = Path.of(args[3]);
    Thread.ofPlatform().daemon().name("topics").start(() -> createTopics(broker, readyMark));
    Kafka.main(new String[] {config.toString()});
  }

  private static Path writeConfig(Path data, String broker, String controller) throws IOException {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            "1",
            "controller.quorum.voters",
            "1@" + controller,
            "listeners",
            "PLAINTEXT://" + broker + "," + CONTROLLER + "://" + controller,
            "advertised.listeners",
            "PLAINTEXT://" + broker,
            "controller.listener.names",
            CONTROLLER,
            "listener.security.protocol.map",
            "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "log.dirs",
            data.resolve("log").toString(),
            "num.partitions",
            Integer.toString(PARTITIONS),
            "auto.create.topics.enable",
            "true"));
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "3",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "3",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1"));
    properties.putAll(
        Map.of(
            "group.initial.rebalance.delay.ms", "0",
            "log.cleaner.dedupe.buffer.size", "4194304",
            "log.segment.bytes", "67108864",
            "log.retention.hours", "720",
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2"));
    Path file = data.resolve("server.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  private static void format(String logFolder) throws Exception {
    Files.createDirectories(Path.of(logFolder));
    new Formatter()
        .setNodeId(1)
        .setClusterId(clusterId(logFolder))
        .setDirectories(List.of(logFolder))
        .setMetadataLogDirectory(logFolder)
        .setControllerListenerName(CONTROLLER)
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setIgnoreFormatted(true)
        .run();
  }

  /** The id of the formatted folder, since formatting again must name the same one. */
  private static String clusterId(String logFolder) throws IOException {
    Path meta = Path.of(logFolder, "meta.properties");
    if (!Files.exists(meta)) {
      UUID fresh = UUID.randomUUID();
      return new Uuid(fresh.getMostSignificantBits(), fresh.getLeastSignificantBits()).toString();
    }
    Properties known = new Properties();
    try (var reader = Files.newBufferedReader(meta)) {
      known.load(reader);
    }
    return known.getProperty("cluster.id");
  }

  private static void createTopics(String broker, Path readyMark) {
    List<NewTopic> topics =
        dev.sluice.local.part.KafkaPart.TOPICS.stream()
            .flatMap(topic -> Stream.of(topic, topic + ".dlq"))
            .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
            .toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      for (var result : admin.createTopics(topics).values().values()) {
        awaitCreation(result);
      }
      Files.writeString(readyMark, "ready\n");
    } catch (IOException | ExecutionException e) {
      throw new IllegalStateException("Topics could not be created", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitCreation(org.apache.kafka.common.KafkaFuture<Void> creation)
      throws ExecutionException, InterruptedException {
    try {
      creation.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
