package dev.sluice.catalog.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.CatalogServers;
import dev.sluice.catalog.openlineage.FactRepository.Due;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.testing.Await;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class FactRepositoryTest {
  private static final String PROJECT = "ol-two-replicas";

  /** Far from now, so that the replica under test does not take what only this test is about. */
  private static final Instant THEN = Instant.parse("2200-01-01T00:00:00Z");

  private static final Instant LONG_OVER = Instant.EPOCH;

  private final FactRepository facts;
  private final Transactions transactions;
  private final AgroalDataSource database;

  FactRepositoryTest(FactRepository facts, Transactions transactions, AgroalDataSource database) {
    this.facts = facts;
    this.transactions = transactions;
    this.database = database;
  }

  @Test
  void neverGoesPastAFactOfItsKeyThatAnotherReplicaIsTaking() throws SQLException {
    try (Connection other = database.getConnection();
        Statement sql = other.createStatement()) {
      // Given
      sql.execute(
          """
          insert into openlineage_fact (project, event_id, type, key, payload, next_at)
          select '%s', gen_random_uuid(), t, 'one key', '', '2199-01-01'
          from unnest(array['first', 'second']) with ordinality as f(t, n) order by n
          """
              .formatted(PROJECT));
      other.setAutoCommit(false);
      sql.execute("select * from openlineage_fact where type = 'first' for update");

      // When
      List<Due> beside = claim();
      other.rollback();
      List<Due> alone = claim();
      Await.await(
          () ->
              transactions.in(
                  session ->
                      facts.told(session, ProjectScope.system(PROJECT), alone.getFirst().id())));
      List<Due> next = claim();

      // Then
      assertThat(beside).isEmpty();
      assertThat(alone).extracting(Due::type).containsExactly("first");
      assertThat(next).extracting(Due::type).containsExactly("second");
      sql.execute("delete from openlineage_fact where project = '" + PROJECT + "'");
      other.commit();
    }
  }

  private List<Due> claim() {
    return Await.await(() -> transactions.in(s -> facts.claimAnyProject(s, THEN, LONG_OVER, 100)))
        .stream()
        .filter(due -> due.project().equals(PROJECT))
        .toList();
  }
}
