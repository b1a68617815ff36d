package dev.sluice.local.part;

import dev.sluice.local.process.Launch;
import dev.sluice.local.process.Lifetime;
import dev.sluice.local.state.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL on the loopback address; its data stays in {@code postgres} of the state folder. */
public final class PostgresPart extends ProcessPart {
  /** Name of the database and of its owner. */
  public static final String OWNER = "sluice";

  private static final int PORT = 15_432;

  /** The server of this stack, running or not. */
  public PostgresPart(PartContext context) {
    super(context, "postgres", PORT);
  }

  /** The database as its owner. */
  public Database database() {
    return new Database(LOOPBACK, port(), OWNER, OWNER, password());
  }

  @Override
  public String address() {
    return LOOPBACK + ":" + port();
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(2);
  }

  /** Ready means: the owner gets an answer from the own database, which is made when missing. */
  @Override
  public boolean isReady() {
    if (!isAlive()) {
      return false;
    }
    try {
      ensureDatabase();
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Override
  String stopSignal() {
    return "INT";
  }

  @Override
  Launch launch() {
    PostgresBinaries binaries = PostgresBinaries.of(context().installation());
    Path data = context().state().path().resolve("postgres");
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialise(binaries, data);
    }
    dropStalePid(data);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port())));
    settings().forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    return new Launch(
        name(),
        binaries.command("postgres", arguments.toArray(String[]::new)),
        Map.of("LC_ALL", "C"),
        stopSignal());
  }

  private Map<String, String> settings() {
    String safe = context().lifetime() == Lifetime.LEASHED ? "off" : "on";
    return Map.ofEntries(
        Map.entry("listen_addresses", LOOPBACK),
        Map.entry("unix_socket_directories", ""),
        Map.entry("shared_buffers", "64MB"),
        Map.entry("max_connections", "120"),
        Map.entry("jit", "off"),
        Map.entry("wal_level", "minimal"),
        Map.entry("max_wal_senders", "0"),
        Map.entry("fsync", safe),
        Map.entry("full_page_writes", safe),
        Map.entry("max_wal_size", "256MB"));
  }

  private void initialise(PostgresBinaries binaries, Path data) {
    Path password = context().state().writePrivately("postgres.password", password() + "\n");
    List<String> command =
        new ArrayList<>(
            binaries.command(
                "initdb", "-D", data.toString(), "-U", OWNER, "-E", "UTF8", "--no-locale"));
    command.addAll(
        List.of("--auth=scram-sha-256", "--pwfile=" + password, "--no-sync", "--no-instructions"));
    PostgresBinaries.run(command);
    try {
      Files.delete(password);
    } catch (IOException e) {
      throw new LocalException("Cannot delete " + password, e);
    }
  }

  /** After a crash PostgreSQL would refuse when its old pid belongs to some other process now. */
  private static void dropStalePid(Path data) {
    Path pidFile = data.resolve("postmaster.pid");
    try {
      if (Files.exists(pidFile)
          && !isPostgres(Long.parseLong(Files.readAllLines(pidFile).get(0)))) {
        Files.delete(pidFile);
      }
    } catch (IOException e) {
      throw new LocalException("Cannot read " + pidFile, e);
    }
  }

  private static boolean isPostgres(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .filter(command -> command.contains("postgres"))
        .isPresent();
  }

  private void ensureDatabase() throws SQLException {
    try (Connection admin = database().named("postgres").connect();
        var statement = admin.createStatement();
        var found =
            statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + OWNER + "'")) {
      if (!found.next()) {
        try (var creation = admin.createStatement()) {
          creation.execute("CREATE DATABASE " + OWNER);
        }
      }
    }
  }

  private String password() {
    return context().secrets().of("postgres.owner");
  }
}
