package dev.sluice.local.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** AssumeRole of AWS' Security Token Service, for the store's own identity alone. */
final class TokenService {
  private static final int MAX_BODY = 1 << 16;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(12);

  private final String accessKey;
  private final String secretKey;
  private final Clock clock;

  TokenService(String accessKey, String secretKey, Clock clock) {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.clock = clock;
  }

  void listen(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
      SignedRequest request =
          new SignedRequest(
              exchange.getRequestURI().getRawPath(),
              name -> exchange.getRequestHeaders().getFirst(name),
              Hmac.hexDigest(body));
      boolean genuine =
          exchange.getRequestMethod().equals("POST")
              && request.isSignedBy(accessKey, secretKey, clock);
      if (genuine) {
        answer(exchange, form(new String(body, StandardCharsets.UTF_8)));
      } else {
        send(exchange, FORBIDDEN, error("SignatureDoesNotMatch", "Not signed by the store's own"));
      }
    }
  }

  private void answer(HttpExchange exchange, Map<String, String> form) throws IOException {
    try {
      if (!"AssumeRole".equals(form.get("Action"))) {
        throw new IllegalArgumentException("Only AssumeRole is answered here");
      }
      Scope scope = SessionPolicy.scope(form.getOrDefault("Policy", ""), end(form));
      send(exchange, OK, credentials(scope));
    } catch (IllegalArgumentException e) {
      send(exchange, BAD_REQUEST, error("MalformedPolicyDocument", String.valueOf(e.getMessage())));
    }
  }

  private Instant end(Map<String, String> form) {
    long asked = Long.parseLong(form.getOrDefault("DurationSeconds", "3600"));
    long seconds = Math.min(Math.max(asked, SHORTEST.toSeconds()), LONGEST.toSeconds());
    return clock.instant().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
  }

  private String credentials(Scope scope) {
    return """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>\
        <Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>\
        <SessionToken>scoped</SessionToken><Expiration>%s</Expiration></Credentials>\
        </AssumeRoleResult></AssumeRoleResponse>"""
        .formatted(scope.accessKey(), scope.secretKey(secretKey), scope.until());
  }

  private static String error(String code, String message) {
    String safe = message.replace("&", "&amp;").replace("<", "&lt;");
    return """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>\
        <Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"""
        .formatted(code, safe);
  }

  private static void send(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> form(String body) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      String[] words = pair.split("=", 2);
      if (words.length == 2) {
        fields.put(decoded(words[0]), decoded(words[1]));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
