package dev.sluice.bench.ray;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves job specs by name, as the processing service would, and takes what jobs tell of progress.
 */
final class SpecServer implements AutoCloseable {
  private static final String TOKEN = "bench";

  private final HttpServer server;
  private final Map<String, byte[]> specs = new ConcurrentHashMap<>();
  private volatile String told = "{}";

  SpecServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] spec = specs.get(exchange.getRequestURI().getPath());
      if ("PUT".equals(exchange.getRequestMethod())) {
        told = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(204, -1);
      } else if (spec == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, spec.length);
        exchange.getResponseBody().write(spec);
      }
    }
  }

  /** Where progress is told. */
  String progressUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/progress";
  }

  /** What was told last. */
  String told() {
    return told;
  }

  /** The variables of a job with this spec. */
  Map<String, String> serve(String name, String spec) {
    told = "{}";
    specs.put("/" + name, spec.getBytes(StandardCharsets.UTF_8));
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    return Map.of("SLUICE_SPEC_URL", url, "SLUICE_RUN_TOKEN", TOKEN);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
