package dev.sluice.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.local.identity.SigningKey;
import dev.sluice.local.state.Ports;
import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
  private static final int BIG = 8 << 20;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static HttpServer catalog;
  private static Gateway gateway;
  private static String address;

  @BeforeAll
  static void start() throws Exception {
    catalog = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    catalog.createContext("/", GatewayTest::echo);
    catalog.createContext("/api/v1/projects/cut", GatewayTest::cut);
    catalog.start();
    int port = Ports.anyFree();
    gateway =
        new Gateway(
            new GatewaySettings(
                port,
                Map.of(
                    "catalog-service",
                    URI.create("http://127.0.0.1:" + catalog.getAddress().getPort()),
                    "upload-service",
                    URI.create("http://127.0.0.1:" + Ports.anyFree())),
                Map.of("upload-service", "its/secret+1"),
                Origins.parse("http://localhost:*,https://app.example.org")),
            Routes.standard());
    gateway.listen(SigningKey.in(new StateFolder(folder))).toCompletableFuture().get();
    address = "http://127.0.0.1:" + port;
  }

  @AfterAll
  static void stop() {
    gateway.close();
    catalog.stop(0);
  }

  @Test
  void passesRequestAndResponseOnAsTheyAre() throws Exception {
    // When
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(address + "/api/v1/projects/a%2Fb?limit=1&q=%20x"))
                .header("Authorization", "Bearer t")
                .header("If-Match", "\"7\"")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{}")));

    // Then
    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.headers().firstValue("ETag")).contains("\"8\"");
    assertThat(answer.body())
        .isEqualTo("PATCH /api/v1/projects/a%2Fb?limit=1&q=%20x Bearer t \"7\" 2");
  }

  @Test
  void letsAllowedPagesCallAndReadETags() throws Exception {
    // When
    HttpResponse<String> asked =
        send(
            HttpRequest.newBuilder(URI.create(address + "/api/v1/uploads"))
                .header("Origin", "http://localhost:5173")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(address + "/api/v1/projects"))
                .header("Origin", "https://app.example.org"));

    // Then
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://app.example.org");
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .contains("ETag");
  }

  @Test
  void letsAllowedPagesReadThatAServiceIsAway() throws Exception {
    // When
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(address + "/api/v1/uploads"))
                .header("Origin", "http://localhost:5173"));

    // Then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isPresent();
  }

  @Test
  void tellsOtherPagesNothing() throws Exception {
    // When
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(address + "/api/v1/projects"))
                .header("Origin", "http://localhost.evil.example"));

    // Then
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void streamsLargeBodiesThrough() throws Exception {
    // When
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(address + "/api/v1/projects"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[BIG])));

    // Then
    assertThat(answer.body()).endsWith(" " + BIG);
  }

  @Test
  void cutsAnAnswerThatTheServiceCut() {
    // When / Then
    assertThatThrownBy(
            () -> send(HttpRequest.newBuilder(URI.create(address + "/api/v1/projects/cut"))))
        .as("half an archive must not look like a whole one")
        .isInstanceOf(IOException.class);
  }

  @Test
  void saysWhenNothingIsThere() throws Exception {
    // When
    HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(address + "/q/health")));

    // Then
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"code\":\"not-found\"");
  }

  @Test
  void saysWhenAServiceIsAway() throws Exception {
    // When
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(URI.create(address + "/api/v1/uploads")));

    // Then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    assertThat(answer.body()).contains("\"code\":\"service-unavailable\"", "upload-service");
  }

  @Test
  void showsWhereTheIssuersKeysAre() throws Exception {
    // When
    HttpResponse<String> discovery =
        send(
            HttpRequest.newBuilder(
                URI.create(address + "/issuer/.well-known/openid-configuration")));
    HttpResponse<String> keys = send(HttpRequest.newBuilder(URI.create(address + "/issuer/jwks")));

    // Then
    assertThat(discovery.body())
        .contains("\"issuer\":\"" + address + "/issuer\"", address + "/issuer/token");
    assertThat(keys.body()).isEqualTo(SigningKey.in(new StateFolder(folder)).keySet());
  }

  @Test
  void givesTokensToServicesThatKnowTheirSecret() throws Exception {
    // When
    HttpResponse<String> inHeader =
        token("grant_type=client_credentials", "upload-service:its%2Fsecret%2B1");
    HttpResponse<String> inForm =
        token(
            "grant_type=client_credentials&client_id=upload-service&client_secret=its%2Fsecret%2B1",
            "");

    // Then
    assertThat(inHeader.statusCode()).isEqualTo(200);
    assertThat(inHeader.body()).contains("\"token_type\":\"Bearer\"");
    assertThat(inForm.statusCode()).isEqualTo(200);
  }

  @Test
  void givesNoTokenForAWrongSecret() throws Exception {
    // When
    HttpResponse<String> wrong = token("grant_type=client_credentials", "upload-service:guess");
    HttpResponse<String> unknown = token("grant_type=client_credentials", "stranger:its%2Fsecret");

    // Then
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(unknown.statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> token(String form, String basic) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + "/issuer/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (!basic.isEmpty()) {
      byte[] pair = basic.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return send(request);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Begins an answer in chunks and hangs up before the last. */
  private static void cut(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(new byte[BIG]);
    exchange.getResponseBody().flush();
    throw new IOException("the service ends here");
  }

  private static void echo(HttpExchange exchange) throws IOException {
    int size = exchange.getRequestBody().readAllBytes().length;
    String said =
        "%s %s %s %s %d"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("If-Match"),
                size);
    try (exchange) {
      exchange.getResponseHeaders().add("ETag", "\"8\"");
      exchange.sendResponseHeaders(418, said.length());
      exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
    }
  }
}
