package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.support.outbox.Transactions;
import dev.sluice.testing.Await;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class DatabaseSettingsTest {
  private static final String ASKED =
      "select current_setting('idle_in_transaction_session_timeout')";

  private final AgroalDataSource database;
  private final Transactions transactions;

  DatabaseSettingsTest(AgroalDataSource database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @Test
  void endTransactionsOfReplicasThatStandStill() throws SQLException {
    String asked =
        Await.await(
            () -> transactions.in(s -> s.createNativeQuery(ASKED, String.class).getSingleResult()));

    assertThat(asked).isEqualTo("10min");
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery(ASKED)) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("10min");
    }
  }
}
