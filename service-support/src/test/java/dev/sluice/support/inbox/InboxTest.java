package dev.sluice.support.inbox;

import static dev.sluice.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.EventJson;
import dev.sluice.events.Topics;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TestIdentityResource.class)
class InboxTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final String project = "p" + UUID.randomUUID().toString().substring(0, 8);
  private final Transactions transactions;
  private final EffectConsumer consumer;
  private final TestKafka kafka;

  @Inject
  InboxTest(Transactions transactions, EffectConsumer consumer) {
    this.transactions = transactions;
    this.consumer = consumer;
    this.kafka = TestKafka.connect();
  }

  @BeforeEach
  void calm() {
    consumer.calm();
  }

  @AfterEach
  void disconnect() {
    kafka.close();
  }

  @Test
  void givesAnEventThatComesTwiceOneEffect() {
    // Given
    UUID twice = UUID.randomUUID();
    // When
    send(twice, "ada");
    send(twice, "ada");
    send(UUID.randomUUID(), "grace");
    send(twice, "ada");
    send(UUID.randomUUID(), "last");
    // Then
    assertThat(namesOnceLastIsThere()).containsExactly("ada", "grace", "last");
  }

  @Test
  void putsPoisonAsideAndGoesOn() {
    // When
    send(UUID.randomUUID(), "before");
    kafka.send(Topics.DATASETS, project, "{not json", headers(UUID.randomUUID(), "MemberAdded"));
    kafka.send(Topics.DATASETS, project, "{}", headers(UUID.randomUUID(), "NeverHeardOf"));
    kafka.send(Topics.DATASETS, project, "plain text", Map.of("ce_project", project));
    send(UUID.randomUUID(), "last");
    // Then
    assertThat(namesOnceLastIsThere()).containsExactly("before", "last");
    assertThat(deadLetters(3))
        .extracting(r -> TestKafka.header(r, "dead-letter-reason"))
        .anyMatch(reason -> reason.startsWith("not a valid dev.sluice.MemberAdded.v1"))
        .anyMatch(reason -> reason.equals("unknown event type 'dev.sluice.NeverHeardOf.v1'"))
        .anyMatch(reason -> reason.startsWith("not a CloudEvent"));
  }

  @Test
  void putsAsideOnlyTheEventThatCanNeverSucceed() {
    // When
    send(UUID.randomUUID(), "before");
    for (int i = 0; i < 20; i++) {
      send(UUID.randomUUID(), i % 2 == 0 ? "never" : "between");
    }
    send(UUID.randomUUID(), "last");
    // Then
    assertThat(namesOnceLastIsThere())
        .startsWith("before")
        .endsWith("last")
        .filteredOn("between"::equals)
        .hasSize(10);
    assertThat(deadLetters(10))
        .extracting(r -> TestKafka.header(r, "dead-letter-reason"))
        .containsOnly("nobody is called never");
  }

  @Test
  void waitsForAPartThatIsAwayAndLosesNothing() {
    // When
    send(UUID.randomUUID(), "storm");
    send(UUID.randomUUID(), "last");
    // Then
    assertThat(namesOnceLastIsThere()).containsExactly("storm", "last");
    assertThat(consumer.storms()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void carriesTheTraceOfAnEventOnToTheFactsThatFollow() {
    // Given
    String trace = UUID.randomUUID().toString().replace("-", "");
    Map<String, String> traced = new HashMap<>(headers(UUID.randomUUID(), "MemberAdded"));
    traced.put("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
    // When
    send("teller", traced);
    send(UUID.randomUUID(), "teller without a trace");
    // Then
    assertThat(kafka.collect(Topics.DATASETS, 2, SOON, this::isTold))
        .extracting(r -> TestKafka.header(r, "traceparent"))
        .satisfiesExactlyInAnyOrder(
            parent -> assertThat(parent).startsWith("00-" + trace),
            parent -> assertThat(parent).isEmpty());
  }

  private boolean isTold(ConsumerRecord<String, String> next) {
    return TestKafka.header(next, "ce_type").contains("DatasetDeleted")
        && TestKafka.header(next, "ce_project").equals(project);
  }

  private void send(UUID eventId, String user) {
    send(user, headers(eventId, "MemberAdded"));
  }

  private void send(String user, Map<String, String> headers) {
    MemberAdded event =
        new MemberAdded(project, user, "viewer", Instant.parse("2026-01-01T00:00:00Z"));
    kafka.send(Topics.DATASETS, project, EventJson.write(event), headers);
  }

  private Map<String, String> headers(UUID eventId, String type) {
    return Map.of(
        "ce_specversion",
        "1.0",
        "ce_id",
        eventId.toString(),
        "ce_type",
        "dev.sluice." + type + ".v1",
        "ce_source",
        "https://example.test/team",
        "ce_project",
        project);
  }

  private List<ConsumerRecord<String, String>> deadLetters(int count) {
    return kafka.collect(
        Topics.deadLetters(Topics.DATASETS),
        count,
        SOON,
        r -> TestKafka.header(r, "ce_project").equals(project));
  }

  private List<String> namesOnceLastIsThere() {
    Awaitility.await().atMost(SOON).until(() -> names().contains("last"));
    return names();
  }

  private List<String> names() {
    return await(
        () ->
            transactions.reading(
                session ->
                    session
                        .createNativeQuery(
                            "select name from {h-schema}effect where project = :p order by id",
                            String.class)
                        .setParameter("p", project)
                        .getResultList()));
  }
}
