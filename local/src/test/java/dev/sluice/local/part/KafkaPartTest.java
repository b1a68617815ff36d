package dev.sluice.local.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.state.StateFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaPartTest {
  @TempDir Path folder;

  @Test
  void hasItsTopicsAlsoAfterARestart() throws Exception {
    // Given
    KafkaPart kafka = new KafkaPart(PartContext.leashed(new StateFolder(folder)));
    Readiness.startAndAwait(kafka);
    kafka.stop();

    // When
    Readiness.startAndAwait(kafka);

    // Then
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
      Set<String> topics = admin.listTopics().names().get();
      assertThat(topics).containsAll(KafkaPart.TOPICS).contains("sluice.uploads.dlq");
      var uploads = admin.describeTopics(Set.of("sluice.uploads")).allTopicNames().get();
      assertThat(uploads.values())
          .singleElement()
          .satisfies(topic -> assertThat(topic.partitions()).hasSize(3));
    }
    kafka.stop();
  }
}
