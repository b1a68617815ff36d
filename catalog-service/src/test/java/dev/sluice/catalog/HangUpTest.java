package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.TestTokens;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Clients that are gone before they are answered. */
@QuarkusTest
@CatalogServers
class HangUpTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** More than the service has connections. */
  private static final int MANY = 40;

  /** So many wait for the database at once. */
  private static final int AT_ONCE = 8;

  private final AgroalDataSource database;

  HangUpTest(AgroalDataSource database) {
    this.database = database;
  }

  @Test
  void leaveNothingOfABodyThatNeverEnds() throws Exception {
    // Given
    String draft = draft("hang-body");

    // When
    try (Socket client = send("POST", draft + "/edits", 1_000, DraftWorld.remove("a"))) {
      await().atMost(SOON).until(() -> open(client) && spooled() == 1);
      breakOff(client);
    }

    // Then
    await().atMost(SOON).until(() -> spooled() == 0);
  }

  @Test
  void leaveNothingOfAnEditThatWasUnderWay() throws Exception {
    // Given
    DraftWorld world = new DraftWorld("hang-edit");
    String draft = world.draft(Map.of("a", "text"));
    String line = DraftWorld.put("b", "text");

    // When
    try (world;
        Connection other = lock("hang-edit")) {
      try (Socket client = send("POST", draft + "/edits", line.length(), line)) {
        await().atMost(SOON).until(() -> open(client) && spooled() == 1 && waiting() == 1);
        breakOff(client);
      }
      noticed();
      other.rollback();
    }

    // Then
    await().atMost(SOON).until(() -> spooled() == 0);
  }

  @Test
  void giveBackWhatTheyHeldOfTheDatabase() throws Exception {
    // Given
    String draft = draft("hang-many");

    // When
    for (int round = 0; round < MANY / AT_ONCE; round++) {
      try (Connection other = lock("hang-many")) {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          clients.add(send("POST", draft + "/seal", 20, "{\"expectedFiles\": 1}"));
        }
        await().atMost(SOON).until(() -> open(clients.getFirst()) && waiting() == AT_ONCE);
        for (Socket client : clients) {
          breakOff(client);
        }
        noticed();
        other.rollback();
      }
      await().atMost(SOON).until(() -> waiting() == 0);
    }

    // Then
    await().atMost(SOON).until(() -> idleInTransaction() == 0);
    as("ada").get(draft).then().statusCode(200);
  }

  private static String draft(String project) {
    String path = as("ada").project(project);
    as("ada").dataset(path, "wiki");
    return as("ada").draft(path, "wiki");
  }

  /** Holds the dataset's row, as somebody who is slow. */
  private Connection lock(String project) throws SQLException {
    Connection connection = database.getConnection();
    connection.setAutoCommit(false);
    try (Statement sql = connection.createStatement()) {
      sql.execute("select 1 from dataset where project = '" + project + "' for update");
    }
    return connection;
  }

  private static Socket send(String method, String path, int length, String body)
      throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
    String head =
        """
        %s %s HTTP/1.1
        Host: localhost
        Authorization: Bearer %s
        Content-Type: %s
        Content-Length: %d

        %s"""
            .formatted(
                method,
                path,
                TestTokens.of("ada"),
                path.endsWith("/edits") ? "application/x-ndjson" : "application/json",
                length,
                body);
    socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(UTF_8));
    return socket;
  }

  /** Not answered yet. */
  private static boolean open(Socket client) throws IOException {
    int length = client.getInputStream().available();
    assertThat(new String(client.getInputStream().readNBytes(length), UTF_8)).isEmpty();
    return true;
  }

  private static void breakOff(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  /** Others are answered meanwhile, by every thread that hears of connections. */
  private static void noticed() {
    for (int i = 0; i < 20; i++) {
      as("nobody").get(CatalogApi.PROJECTS).then().statusCode(200);
    }
  }

  private static long spooled() throws IOException {
    Path folder = Path.of(ConfigProvider.getConfig().getValue("sluice.edit.folder", String.class));
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }

  private long waiting() throws SQLException {
    return count("wait_event_type = 'Lock'");
  }

  private long idleInTransaction() throws SQLException {
    return count("state like 'idle in transaction%'");
  }

  private long count(String which) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement();
        ResultSet row =
            sql.executeQuery(
                "select count(*) from pg_stat_activity where datname = current_database() and "
                    + which)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }
}
