package dev.sluice.bench.catalog;

import dev.sluice.local.part.Database;
import dev.sluice.local.part.PartContext;
import dev.sluice.local.part.PostgresPart;
import dev.sluice.local.part.Readiness;
import dev.sluice.local.state.Installation;
import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** A PostgreSQL of the bench's own, wiped at the end. */
final class PostgresServer implements AutoCloseable {
  private final StateFolder state;
  private final PostgresPart part;
  private final Thread atExit;

  private PostgresServer(StateFolder state) {
    this.state = state;
    this.part = new PostgresPart(PartContext.detached(Installation.locate(), state));
    this.atExit = new Thread(part::stop);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static PostgresServer start(Path folder) throws IOException {
    PostgresServer server = new PostgresServer(new StateFolder(folder.resolve("catalog")));
    server.part.start();
    Readiness.await(server.part);
    return server;
  }

  /** A connection without a time limit, which sends bytes as they are. */
  Connection connect() throws SQLException {
    return connect(part.database());
  }

  /** As above, to any server. */
  static Connection connect(Database database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password());
    properties.setProperty("prepareThreshold", "-1");
    Connection connection = new org.postgresql.Driver().connect(database.jdbcUrl(), properties);
    if (connection == null) {
      throw new SQLException("not an address: " + database.jdbcUrl());
    }
    return connection;
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    part.stop();
    state.wipe(List.of());
    Files.deleteIfExists(state.path());
  }
}
