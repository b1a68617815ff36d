package dev.sluice.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestKafka;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The trace of a request, over the row that the watcher picks up, to the topic. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class RunTraceTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TOPIC = "sluice.processing";

  private final ScriptedRay ray = ScriptedRay.INSTANCE;

  @Test
  void theTraceOfARequestGoesOnToTheFactsOfItsRun() {
    // Given
    UUID id = UUID.randomUUID();
    String job = "sluice-" + id + "-a1";
    String trace = UUID.randomUUID().toString().replace("-", "");
    try (TestKafka kafka = TestKafka.connect()) {
      kafka.send(
          TOPIC,
          "demo",
          RunStoryTest.request("ada", "demo"),
          Map.of(
              "ce_specversion", "1.0",
              "ce_id", id.toString(),
              "ce_source", "https://example.com/team",
              "ce_type", "dev.sluice.ProcessingRequested.v1",
              "traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
    }
    await().atMost(SOON).until(() -> ray.knows(job));

    // When
    ray.say(job, "RUNNING");
    ray.say(job, "FAILED");

    // Then
    assertThat(traceparents(id, "ProcessingFailed")).first().asString().startsWith("00-" + trace);
  }

  private static List<String> traceparents(UUID runId, String type) {
    try (TestKafka kafka = TestKafka.connect()) {
      return kafka
          .collect(
              TOPIC,
              1,
              SOON,
              r ->
                  TestKafka.header(r, "ce_type").contains(type)
                      && r.value().contains(runId.toString()))
          .stream()
          .map(r -> TestKafka.header(r, "traceparent"))
          .toList();
    }
  }
}
