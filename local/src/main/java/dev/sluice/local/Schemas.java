package dev.sluice.local;

import dev.sluice.local.part.Database;
import dev.sluice.local.state.LocalException;
import dev.sluice.local.state.Secrets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;

/**
 * Gives each service a schema and a role of its own in one database.
 *
 * <p>On a team's own server whose user may not make roles, all services share that user; the
 * schemas stay apart.
 */
final class Schemas {
  private static final String MAY_MAKE_ROLES =
      "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user";

  private final Database database;
  private final Secrets secrets;

  Schemas(Database database, Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /**
   * Makes what is missing; doing it again changes nothing.
   *
   * @return the database as each service is to use it
   */
  Map<Service, Database> ensure() {
    Map<Service, Database> accounts = new EnumMap<>(Service.class);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      boolean roles = isTrue(statement, MAY_MAKE_ROLES);
      for (Service service : Service.values()) {
        Database account = roles ? ownAccount(service) : database;
        if (roles) {
          ensureRole(statement, service);
        }
        ensureSchema(statement, service, account.user());
        accounts.put(service, account);
      }
      return accounts;
    } catch (SQLException e) {
      throw new LocalException("The schemas could not be made: " + e.getMessage(), e);
    }
  }

  private Database ownAccount(Service service) {
    return database.as(service.role(), secrets.of("postgres." + service.role()));
  }

  private void ensureRole(Statement statement, Service service) throws SQLException {
    String role = service.role();
    if (!isTrue(
        statement, "SELECT count(*) > 0 FROM pg_roles WHERE rolname = '%s'".formatted(role))) {
      statement.execute("CREATE ROLE " + role);
    }
    statement.execute(
        "ALTER ROLE %s LOGIN PASSWORD '%s'".formatted(role, ownAccount(service).password()));
    statement.execute("ALTER ROLE %s SET search_path = %s".formatted(role, service.schema()));
    statement.execute("GRANT %s TO CURRENT_USER".formatted(role));
  }

  private static void ensureSchema(Statement statement, Service service, String owner)
      throws SQLException {
    statement.execute(
        "CREATE SCHEMA IF NOT EXISTS %s AUTHORIZATION \"%s\"".formatted(service.schema(), owner));
  }

  private static boolean isTrue(Statement statement, String query) throws SQLException {
    try (var answer = statement.executeQuery(query)) {
      return answer.next() && answer.getBoolean(1);
    }
  }
}
