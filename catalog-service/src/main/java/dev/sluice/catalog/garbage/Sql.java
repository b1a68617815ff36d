package dev.sluice.catalog.garbage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Statements on the one connection that a collection has; blocks. */
final class Sql {
  private final Connection connection;

  Sql(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** Rows written. */
  long write(String sql, Object... values) {
    try (PreparedStatement statement = prepared(sql, values)) {
      return statement.executeLargeUpdate();
    } catch (SQLException e) {
      throw new DatabaseAwayException(e);
    }
  }

  <T> List<T> rows(Reading<T> reading, String sql, Object... values) {
    try (PreparedStatement statement = prepared(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reading.read(rows));
      }
      return found;
    } catch (SQLException e) {
      throw new DatabaseAwayException(e);
    }
  }

  /** As {@link #rows}, for queries that always have exactly one. */
  <T> T one(Reading<T> reading, String sql, Object... values) {
    return rows(reading, sql, values).getFirst();
  }

  private PreparedStatement prepared(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case Uuids ids -> statement.setArray(i + 1, array("uuid", ids.all()));
        case Keys keys -> statement.setArray(i + 1, array("text", keys.all()));
        case Duration time -> statement.setDouble(i + 1, time.toMillis() / 1_000.0);
        default -> statement.setObject(i + 1, values[i]);
      }
    }
    return statement;
  }

  private java.sql.Array array(String type, Collection<?> all) throws SQLException {
    return connection.createArrayOf(type, all.toArray());
  }

  /** Takes a value out of a row. */
  @FunctionalInterface
  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** A parameter of many ids. */
  record Uuids(Collection<UUID> all) {}

  /** A parameter of many keys. */
  record Keys(Collection<String> all) {}

  /** The database did not answer as it should. */
  static final class DatabaseAwayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DatabaseAwayException(SQLException cause) {
      super("the database does not answer: " + cause.getMessage(), cause);
    }
  }
}
