package dev.sluice.support.outbox;

import static dev.sluice.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.DatasetEvent.DatasetDeleted;
import dev.sluice.events.Topics;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TestIdentityResource.class)
class OutboxTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final String project = "p" + UUID.randomUUID().toString().substring(0, 8);
  private final Transactions transactions;

  @Inject
  OutboxTest(Transactions transactions) {
    this.transactions = transactions;
  }

  @Test
  void saysACommittedFactAsACloudEvent() {
    // Given
    UUID eventId = UUID.randomUUID();
    DatasetDeleted fact = fact(UUID.randomUUID(), "wiki");
    // When
    await(() -> transactions.in(session -> Outbox.append(session, eventId, fact)));
    // Then
    ConsumerRecord<String, String> said = said(1).getFirst();
    assertThat(said.key()).isEqualTo(fact.datasetId().toString());
    assertThat(said.value()).contains("\"dataset\":\"wiki\"");
    assertThat(TestKafka.header(said, "ce_specversion")).isEqualTo("1.0");
    assertThat(TestKafka.header(said, "ce_id")).isEqualTo(eventId.toString());
    assertThat(TestKafka.header(said, "ce_type")).isEqualTo("dev.sluice.DatasetDeleted.v1");
    assertThat(TestKafka.header(said, "ce_source"))
        .isEqualTo("https://sluice.dev/services/support-test");
    assertThat(TestKafka.header(said, "ce_subject")).isEqualTo("datasets/wiki");
    assertThat(TestKafka.header(said, "content-type")).isEqualTo("application/json");
  }

  @Test
  void neverSaysWhatWasRolledBack() {
    // When
    assertThatThrownBy(
            () ->
                await(
                    () ->
                        transactions.in(
                            session ->
                                Outbox.append(session, fact(UUID.randomUUID(), "rolled-back"))
                                    .flatMap(done -> fail()))))
        .hasMessageContaining("changed my mind");
    append(UUID.randomUUID(), "kept");
    // Then
    assertThat(said(1)).extracting(ConsumerRecord::value).allMatch(v -> v.contains("kept"));
    Awaitility.await().atMost(SOON).until(() -> waiting() == 0);
  }

  @Test
  void keepsTheOrderOfEachKeyInABurst() {
    // Given
    List<UUID> keys = IntStream.range(0, 4).mapToObj(i -> UUID.randomUUID()).toList();
    // When
    IntStream.range(0, 200).forEach(i -> append(keys.get(i % 4), String.format("d%03d", i)));
    // Then
    var byKey = said(200).stream().collect(Collectors.groupingBy(ConsumerRecord::key));
    assertThat(byKey).hasSize(4);
    byKey.values().forEach(records -> assertThat(names(records)).isSorted().hasSize(50));
  }

  @Test
  void saysAFactWithAChosenIdOnce() {
    // Given
    UUID eventId = UUID.randomUUID();
    DatasetDeleted fact = fact(UUID.randomUUID(), "once");
    // When
    await(
        () ->
            transactions.in(
                session ->
                    Outbox.append(session, eventId, fact)
                        .flatMap(done -> Outbox.append(session, eventId, fact))));
    append(UUID.randomUUID(), "after");
    // Then
    assertThat(names(said(2))).containsExactlyInAnyOrder("once", "after");
  }

  private void append(UUID datasetId, String name) {
    await(() -> transactions.in(session -> Outbox.append(session, fact(datasetId, name))));
  }

  private DatasetDeleted fact(UUID datasetId, String name) {
    return new DatasetDeleted(
        project, datasetId, name, "ada", Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static Uni<Void> fail() {
    return Uni.createFrom().failure(new IllegalStateException("changed my mind"));
  }

  private List<ConsumerRecord<String, String>> said(int count) {
    try (TestKafka kafka = TestKafka.connect()) {
      return kafka.collect(
          Topics.DATASETS, count, SOON, r -> TestKafka.header(r, "ce_project").equals(project));
    }
  }

  private static List<String> names(List<ConsumerRecord<String, String>> records) {
    return records.stream()
        .map(r -> r.value().replaceAll(".*\"dataset\":\"([^\"]+)\".*", "$1"))
        .toList();
  }

  private long waiting() {
    return await(
        () ->
            transactions.reading(
                session ->
                    session
                        .createNativeQuery(
                            "select count(*) from {h-schema}outbox_event where project = :p",
                            Long.class)
                        .setParameter("p", project)
                        .getSingleResult()));
  }
}
