package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files of a web server become a version, and a second time only when they changed. */
class ImportTest {
  private static final int PART = 8 << 20;

  private static final Map<String, String> PAGES = new ConcurrentHashMap<>();
  private static HttpServer server;

  @BeforeAll
  static void up() throws IOException {
    Sluice.up();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", ImportTest::answer);
    server.start();
  }

  @AfterAll
  static void down() {
    server.stop(0);
  }

  @Test
  void bringsFilesOnceAndAgainOnlyWhenTheyChanged() {
    // Given
    String project = Documents.project();
    String a = page("/a.md", "# A");
    String b = page("/b.md", "# B");

    // When
    JsonNode first = imported(project, a, b);
    JsonNode second = imported(project, a, b);
    page("/b.md", "# B, once more");
    JsonNode third = imported(project, a, b);

    // Then
    assertThat(first.path("state").asText()).isEqualTo("succeeded");
    assertThat(first.path("version").asText()).isEqualTo("v1");
    assertThat(second.path("state").asText()).isEqualTo("unchanged");
    assertThat(third.path("version").asText()).isEqualTo("v2");
    assertThat(third.path("filesDone").asInt()).isEqualTo(1);
    JsonNode version =
        Sluice.run("--project", project, "version", "show", "pages@v2", "-o", "json").ok().json();
    assertThat(version.path("files").asInt()).isEqualTo(2);
    assertThat(version.at("/producedBy/kind").asText()).isEqualTo("import");
    assertThat(version.path("inheritedFrom").asText()).isEqualTo("v1");
  }

  @Test
  void goesOnAfterTheServiceWasKilledAndReadsAgainOnlyWhatWasInFlight() throws IOException {
    // Given
    String project = Documents.project();
    byte[] file = new byte[9 * PART];
    Arrays.fill(file, (byte) 'x');
    int whole = 4;
    try (RangeServer source = RangeServer.of(file, whole)) {
      String id =
          Sluice.run(
                  "--project",
                  project,
                  "import",
                  "pages",
                  source.url("big.txt"),
                  "--type",
                  "text",
                  "--no-wait",
                  "-o",
                  "json")
              .ok()
              .json()
              .path("id")
              .asText();
      Awaitility.await("parts are in the store and others on their way")
          .atMost(Duration.ofMinutes(1))
          .until(() -> source.ranges() == whole + Sluice.RANGES_IN_FLIGHT);

      // When
      Sluice.kill("upload-service");
      source.letGo();
      Sluice.run("up").ok();

      // Then
      JsonNode ended =
          Sluice.run("--project", project, "imports", "show", id, "--wait", "-o", "json")
              .ok()
              .json();
      assertThat(source.bytes())
          .isBetween((long) file.length, file.length + (long) Sluice.RANGES_IN_FLIGHT * PART);
      assertThat(ended.path("bytesDone").asLong()).isEqualTo(file.length);
    }
  }

  @Test
  void namesAnAddressThatIsNotAllowed() {
    // Given
    String project = Documents.project();

    // When
    var result =
        Sluice.run(
            "--project", project, "import", "pages", "http://169.254.169.254/latest", "-o", "json");

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.json().path("code").asText()).isEqualTo("source-refused");
  }

  private static JsonNode imported(String project, String... urls) {
    String[] command = new String[urls.length + 8];
    String[] head = {"--project", project, "import", "pages", "--type", "text", "-o", "json"};
    System.arraycopy(head, 0, command, 0, head.length);
    System.arraycopy(urls, 0, command, head.length, urls.length);
    return Sluice.run(command).ok().json();
  }

  private static String page(String path, String text) {
    PAGES.put(path, text);
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String text = PAGES.get(exchange.getRequestURI().getPath());
      if (text == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = text.getBytes(UTF_8);
      exchange.getResponseHeaders().add("ETag", "\"" + text.hashCode() + "\"");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }
}
