package dev.sluice.local.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.state.StateFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresPartTest {
  @TempDir Path folder;

  @Test
  void keepsItsDataWhenItIsKilledAndStartedAgain() throws Exception {
    // Given
    PostgresPart postgres = new PostgresPart(PartContext.leashed(new StateFolder(folder)));
    Readiness.startAndAwait(postgres);
    try (Connection connection = postgres.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept (word text)");
      statement.execute("INSERT INTO kept VALUES ('still here')");
    }

    // When
    postgres.stop();
    boolean aliveAfterStop = postgres.isAlive();
    Readiness.startAndAwait(postgres);

    // Then
    assertThat(aliveAfterStop).isFalse();
    try (Connection connection = postgres.database().connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT word FROM kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("still here");
    }
    postgres.stop();
  }
}
