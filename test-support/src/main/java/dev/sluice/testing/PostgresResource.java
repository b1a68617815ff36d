package dev.sluice.testing;

import dev.sluice.local.part.Database;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** Gives each start of the application under test an empty database of the shared server. */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    Database database = emptyDatabase();
    return Map.of(
        "quarkus.datasource.reactive.url", database.reactiveUrl(),
        "quarkus.datasource.jdbc.url", database.jdbcUrl(),
        "quarkus.datasource.username", database.user(),
        "quarkus.datasource.password", database.password(),
        "quarkus.datasource.devservices.enabled", "false");
  }

  @Override
  public void stop() {
    // The server is shared by all tests of this JVM and ends with it.
  }

  /** A new database of the shared server, as its owner. */
  public static Database emptyDatabase() {
    Database server = TestServers.postgres().database();
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = server.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("No database for this test", e);
    }
    return server.named(name);
  }
}
