package dev.sluice.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the application under test accept {@link TestTokens} without an issuer, and gives its OIDC
 * client a token endpoint that hands out service tokens.
 */
public final class TestIdentityResource implements QuarkusTestResourceLifecycleManager {
  private static final int OK = 200;

  private @Nullable HttpServer tokenEndpoint;

  @Override
  public Map<String, String> start() {
    HttpServer server = startTokenEndpoint();
    tokenEndpoint = server;
    Map<String, String> configuration = new HashMap<>();
    configuration.put("quarkus.oidc.public-key", TestTokens.publicKey());
    configuration.put("quarkus.oidc.client-id", "sluice");
    configuration.put("quarkus.oidc.application-type", "service");
    configuration.put("quarkus.oidc.token.issuer", TestTokens.ISSUER);
    configuration.put("quarkus.oidc.token.audience", "sluice");
    configuration.put("quarkus.oidc.roles.role-claim-path", "groups");
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    configuration.put("quarkus.oidc-client.auth-server-url", address);
    configuration.put("quarkus.oidc-client.discovery-enabled", "false");
    configuration.put("quarkus.oidc-client.token-path", "/token");
    configuration.put("quarkus.oidc-client.client-id", "test-service");
    configuration.put("quarkus.oidc-client.credentials.secret", "test-secret");
    return configuration;
  }

  @Override
  public void stop() {
    if (tokenEndpoint != null) {
      tokenEndpoint.stop(0);
    }
  }

  private static HttpServer startTokenEndpoint() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/token", TestIdentityResource::answerToken);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("No token endpoint for this test", e);
    }
  }

  private static void answerToken(HttpExchange exchange) throws IOException {
    String token = TestTokens.service("test-service");
    byte[] body =
        "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
            .formatted(token)
            .getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(OK, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
