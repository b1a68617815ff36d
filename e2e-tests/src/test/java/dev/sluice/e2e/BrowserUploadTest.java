package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The module of {@code samples/browser-upload} in a real browser, on a page of another origin. */
class BrowserUploadTest {
  private static final int SIZE = (40 << 20) + 7;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CompletableFuture<JsonNode> RESULT = new CompletableFuture<>();

  private static HttpServer pages;
  private static String told = "";

  @BeforeAll
  static void up() throws IOException {
    Sluice.up();
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext("/", BrowserUploadTest::serve);
    pages.start();
  }

  @AfterAll
  static void down() {
    if (pages != null) {
      pages.stop(0);
    }
  }

  @Test
  void aPageOfAnotherOriginSendsAFileIsInterruptedAndGoesOn() throws Exception {
    // Given
    String project = Documents.project();
    String token = Sluice.run("token").ok().out().strip();
    Sluice.run("--project", project, "dataset", "create", "films", "--type", "binary").ok();
    Sluice.http("POST", "/api/v1/projects/" + project + "/datasets/films/versions", token, "{}");
    told = told(project, token);
    // When
    JsonNode result;
    String page = "http://localhost:" + pages.getAddress().getPort() + "/index.html";
    try (Chromium browser = Chromium.open(page)) {
      result = browser.await(RESULT);
    }
    // Then
    assertThat(result.path("failure").asText()).isEmpty();
    assertThat(result.path("origin").asText()).isNotEqualTo(api());
    assertThat(result.path("stopped").asText()).contains("AbortError");
    assertThat(numbers(result.path("second")))
        .as("parts sent after the interruption")
        .isNotEmpty()
        .doesNotContainAnyElementsOf(numbers(result.path("first")));
    assertThat(result.path("view").path("state").asText()).isEqualTo("completed");
    assertThat(result.path("view").path("sha256").asText()).isEqualTo(sha256());
    assertThat(result.has("sentAgain")).as("a third call sends nothing").isFalse();
  }

  private static String told(String project, String token) throws IOException {
    return JSON.writeValueAsString(
        Map.of(
            "api",
            api(),
            "token",
            token,
            "project",
            project,
            "dataset",
            "films",
            "version",
            "v1",
            "path",
            "from a browser/größe.bin",
            "size",
            SIZE));
  }

  private static String api() {
    return Objects.requireNonNull(Sluice.environment().get("SLUICE_API"));
  }

  private static List<Integer> numbers(JsonNode array) {
    List<Integer> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asInt()));
    return numbers;
  }

  /** Digest of the bytes that the page makes up. */
  private static String sha256() throws Exception {
    byte[] bytes = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body =
          switch (path) {
            case "/result" -> {
              RESULT.complete(JSON.readTree(exchange.getRequestBody()));
              yield new byte[0];
            }
            case "/told.json" -> told.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            default -> file(path);
          };
      exchange
          .getResponseHeaders()
          .add("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html");
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] file(String path) throws IOException {
    if (path.startsWith("/module/")) {
      String name = path.substring("/module/".length());
      return Files.readAllBytes(Sluice.root().resolve("samples/browser-upload").resolve(name));
    }
    try (InputStream in = BrowserUploadTest.class.getResourceAsStream("/browser" + path)) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }
}
