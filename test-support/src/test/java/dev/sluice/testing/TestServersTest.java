package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.part.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TestServersTest {

  @Test
  void givesEveryApplicationStartItsOwnDatabase() throws Exception {
    // Given
    Map<String, String> first = new PostgresResource().start();

    // When
    Map<String, String> second = new PostgresResource().start();

    // Then
    assertThat(second.get("quarkus.datasource.jdbc.url"))
        .isNotEqualTo(first.get("quarkus.datasource.jdbc.url"));
    Database database = TestServers.postgres().database();
    try (var connection = database.connect();
        var answer = connection.createStatement().executeQuery("SELECT lower('ÄÖ')")) {
      assertThat(answer.next()).isTrue();
    }
  }

  @Test
  void carriesRecordsWithHeaders() {
    // Given
    String key = UUID.randomUUID().toString();
    try (TestKafka kafka = TestKafka.connect()) {
      kafka.send("sluice.datasets", key, "{}", Map.of("ce_type", "dev.sluice.Example.v1"));

      // When
      List<ConsumerRecord<String, String>> found =
          kafka.collect("sluice.datasets", 1, Duration.ofSeconds(20), r -> key.equals(r.key()));

      // Then
      assertThat(found).singleElement().satisfies(this::isTheExample);
    }
  }

  @Test
  void sharesOneStoreUnderDifferentPrefixes() {
    // Given
    Map<String, String> first = new S3Resource().start();

    // When
    Map<String, String> second = new S3Resource().start();

    // Then
    assertThat(second.get("sluice.s3.endpoint")).isEqualTo(first.get("sluice.s3.endpoint"));
    assertThat(second.get("sluice.s3.bucket-prefix"))
        .isNotEqualTo(first.get("sluice.s3.bucket-prefix"));
  }

  private void isTheExample(ConsumerRecord<String, String> found) {
    assertThat(found.value()).isEqualTo("{}");
    assertThat(TestKafka.header(found, "ce_type")).isEqualTo("dev.sluice.Example.v1");
  }
}
