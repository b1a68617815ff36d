package dev.sluice.upload.component;

import static dev.sluice.upload.component.UploadCalls.ROOT;
import static dev.sluice.upload.component.UploadCalls.as;
import static dev.sluice.upload.component.UploadCalls.begun;
import static dev.sluice.upload.component.UploadCalls.file;
import static dev.sluice.upload.component.UploadCalls.putParts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Topics;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** With traces on: the trace of a request, over the row that a worker picks up, to the topic. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(CatalogFake.class)
@TestProfile(UploadTraceTest.Traced.class)
class UploadTraceTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void carriesTheTraceOfTheCompletingRequestToUploadCompleted() {
    // Given
    byte[] bytes = "one trace\n".getBytes(UTF_8);
    String id = begun(file("traces", "text-docs", UUID.randomUUID() + ".txt", bytes));
    putParts(id, bytes, List.of(1));
    String trace = UUID.randomUUID().toString().replace("-", "");

    // When
    as("ada")
        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
        .post(ROOT + "/" + id + "/complete")
        .then()
        .statusCode(200);

    // Then
    assertThat(TestKafka.header(completed(id), "traceparent")).startsWith("00-" + trace);
  }

  private static ConsumerRecord<String, String> completed(String id) {
    try (TestKafka kafka = TestKafka.connect()) {
      return kafka
          .collect(
              Topics.UPLOADS,
              1,
              SOON,
              r ->
                  TestKafka.header(r, "ce_type").contains("UploadCompleted")
                      && r.value().contains(id))
          .getFirst();
    }
  }

  /** Traces are on and go nowhere. */
  public static final class Traced implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.otel.sdk.disabled",
          "false",
          "quarkus.otel.traces.exporter",
          "none",
          "quarkus.datasource.devservices.enabled",
          "false");
    }
  }
}
