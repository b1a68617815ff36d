package dev.sluice.vectorsink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A server in the place of the catalog: what a test PUTs to a path is what a GET of it answers,
 * everything else is 404. Tests talk to it by HTTP because they may live in another class loader.
 */
public final class AnswersResource implements QuarkusTestResourceLifecycleManager {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
  private @Nullable HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      started.createContext("/", this::answer);
      started.start();
      server = started;
      return Map.of("sluice.catalog.url", "http://127.0.0.1:" + started.getAddress().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] sent = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestMethod().equals("PUT")) {
        answers.put(path, sent);
      }
      byte[] body = answers.getOrDefault(path, new byte[0]);
      exchange.sendResponseHeaders(answers.containsKey(path) ? OK : NOT_FOUND, body.length + 1L);
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().write('\n');
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }
}
