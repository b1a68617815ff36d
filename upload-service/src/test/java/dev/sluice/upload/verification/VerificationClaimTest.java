package dev.sluice.upload.verification;

import static dev.sluice.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.support.outbox.Transactions;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.upload.component.CatalogFake;
import dev.sluice.upload.verification.VerificationRepository.Claim;
import dev.sluice.upload.verification.VerificationRepository.Terms;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** When an upload is read back; in a time that no replica lives to see. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(CatalogFake.class)
class VerificationClaimTest {
  private static final Instant NOW = Instant.parse("2100-01-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final Duration URLS = Duration.ofMinutes(15);

  @Inject Transactions transactions;
  @Inject VerificationRepository claims;

  @Test
  void waitsForAClientOfTheProjectThatStillSends() {
    // Given
    String busy = aProject();
    String idle = aProject();
    verifying(busy);
    verifying(idle);
    sending(busy);

    // When
    List<String> taken = claimed(NOW.plusSeconds(1));

    // Then
    assertThat(taken).contains(idle).doesNotContain(busy);
  }

  @Test
  void isReadBackWhenTheClientHasFallenSilent() {
    // Given
    String project = aProject();
    verifying(project);
    sending(project);

    // When
    List<String> taken = claimed(NOW.plus(QUIET).plusSeconds(1));

    // Then
    assertThat(taken).contains(project);
  }

  @Test
  void waitsNoLongerThanItsPatience() {
    // Given
    String project = aProject();
    verifying(project);
    Instant later = NOW.plus(PATIENCE);
    sending(project, later);

    // When
    List<String> taken = claimed(later.plusSeconds(1));

    // Then
    assertThat(taken).contains(project);
  }

  private List<String> claimed(Instant now) {
    Terms terms =
        new Terms(now, now.plusSeconds(60), now.minus(PATIENCE), now.plus(URLS).minus(QUIET));
    return run(s -> claims.claimAnyProject(s, UUID.randomUUID(), true, terms, 100)).stream()
        .map(Claim::scope)
        .map(scope -> scope.project())
        .toList();
  }

  private void verifying(String project) {
    insert(project, "verifying", NOW, NOW.plus(URLS));
  }

  private void sending(String project) {
    sending(project, NOW);
  }

  private void sending(String project, Instant at) {
    insert(project, "open", at, at.plus(URLS));
  }

  /**
   * A row that says when it came into its state and until when its address is good; a lease keeps
   * the replicas of today away from it.
   */
  private void insert(String project, String state, Instant since, Instant urlsExpireAt) {
    int written =
        run(
            session ->
                session
                    .createNativeQuery(
                        """
                        insert into {h-schema}upload
                          (id, project, dataset_id, dataset, version, data_type, path, size,
                           part_size, part_count, object_key, created_by, created_at, state, since,
                           expires_at, urls_expire_at, lease_until)
                        values (:id, :project, :id, 'books', 'v1', 'binary', 'a.bin', 1, 1, 1,
                          :key, 'ada', :since, :state, :since, :expires, :urls, :lease)
                        """)
                    .setParameter("id", UUID.randomUUID())
                    .setParameter("project", project)
                    .setParameter("key", "dataset/books/v1/" + UUID.randomUUID())
                    .setParameter("state", state)
                    .setParameter("since", since.atOffset(ZoneOffset.UTC))
                    .setParameter("expires", since.plus(URLS).atOffset(ZoneOffset.UTC))
                    .setParameter("lease", NOW.minusSeconds(1).atOffset(ZoneOffset.UTC))
                    .setParameter("urls", urlsExpireAt.atOffset(ZoneOffset.UTC))
                    .executeUpdate());
    assertThat(written).isEqualTo(1);
  }

  private static String aProject() {
    return "verify-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private <T> T run(Function<Mutiny.Session, Uni<T>> work) {
    return await(() -> transactions.in(work));
  }
}
