package dev.sluice.local.gateway;

import dev.sluice.local.identity.Claims;
import dev.sluice.local.identity.SigningKey;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID issuer of one machine: key set, discovery document and tokens for the services.
 *
 * <p>People get their tokens from the command line, which signs with the same key.
 */
final class DevelopmentIssuer {
  /** Where it lives below the gateway's address. */
  static final String PATH = "/issuer";

  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final SigningKey key;
  private final Map<String, String> clientSecrets;
  private final String address;

  DevelopmentIssuer(SigningKey key, Map<String, String> clientSecrets, String address) {
    this.key = key;
    this.clientSecrets = Map.copyOf(clientSecrets);
    this.address = address;
  }

  void handle(HttpServerRequest request) {
    switch (request.path().substring(PATH.length())) {
      case "/.well-known/openid-configuration" -> json(request.response(), discovery().encode());
      case "/jwks" -> json(request.response(), key.keySet());
      case "/token" -> token(request);
      default -> error(request.response(), NOT_FOUND, "not_found");
    }
  }

  private JsonObject discovery() {
    return new JsonObject()
        .put("issuer", address)
        .put("jwks_uri", address + "/jwks")
        .put("token_endpoint", address + "/token")
        .put("grant_types_supported", java.util.List.of("client_credentials"))
        .put("response_types_supported", java.util.List.of("token"))
        .put("subject_types_supported", java.util.List.of("public"))
        .put("id_token_signing_alg_values_supported", java.util.List.of("RS256"));
  }

  private void token(HttpServerRequest request) {
    if (!HttpMethod.POST.equals(request.method())) {
      error(request.response(), BAD_REQUEST, "invalid_request");
      return;
    }
    request.setExpectMultipart(true);
    request.endHandler(complete -> answerToken(request));
  }

  private void answerToken(HttpServerRequest request) {
    if (!"client_credentials".equals(request.getFormAttribute("grant_type"))) {
      error(request.response(), BAD_REQUEST, "unsupported_grant_type");
      return;
    }
    Optional<String> client = client(request);
    if (client.isEmpty()) {
      error(request.response(), UNAUTHORIZED, "invalid_client");
      return;
    }
    String token =
        Claims.ofService(address, client.get()).token(key, Clock.systemUTC(), TOKEN_LIFE);
    json(
        request.response(),
        new JsonObject()
            .put("access_token", token)
            .put("token_type", "Bearer")
            .put("expires_in", TOKEN_LIFE.toSeconds())
            .encode());
  }

  /** The client that proved its secret, in the Authorization header or in the form. */
  private Optional<String> client(HttpServerRequest request) {
    String id = request.getFormAttribute("client_id");
    String secret = request.getFormAttribute("client_secret");
    String header = request.getHeader("Authorization");
    if (header != null && header.startsWith("Basic ")) {
      String[] pair = decode(header.substring("Basic ".length())).split(":", 2);
      id = URLDecoder.decode(pair[0], StandardCharsets.UTF_8);
      secret = pair.length < 2 ? null : URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
    }
    return proves(id, secret) ? Optional.ofNullable(id) : Optional.empty();
  }

  private boolean proves(@Nullable String id, @Nullable String secret) {
    String expected = id == null ? null : clientSecrets.get(id);
    return expected != null
        && secret != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  private static void json(HttpServerResponse response, String body) {
    response.putHeader("Content-Type", "application/json").end(body);
  }

  private static void error(HttpServerResponse response, int status, String code) {
    response.setStatusCode(status);
    json(response, new JsonObject().put("error", code).encode());
  }
}
