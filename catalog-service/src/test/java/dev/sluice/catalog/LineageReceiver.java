package dev.sluice.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes OpenLineage events of all tests; those of a project whose name ends with {@code -flaky}
 * only at the second attempt. Answers a GET with what it took of the project that the query names.
 */
public final class LineageReceiver implements QuarkusTestResourceLifecycleManager {
  private final List<String> taken = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private @Nullable HttpServer server;

  @Override
  public Map<String, String> start() {
    HttpServer made;
    try {
      made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    made.createContext("/", this::take);
    made.start();
    server = made;
    String url = "http://127.0.0.1:" + made.getAddress().getPort() + "/api/v1/lineage";
    return Map.of("sluice.openlineage.url", url, "sluice.openlineage.api-key", "key");
  }

  private void take(HttpExchange call) throws IOException {
    try (call) {
      if (call.getRequestMethod().equals("GET")) {
        answer(call);
        return;
      }
      String event = new String(call.getRequestBody().readAllBytes(), UTF_8);
      boolean known = "Bearer key".equals(call.getRequestHeaders().getFirst("Authorization"));
      boolean away = event.contains("-flaky/") && refused.add(event);
      if (known && !away) {
        taken.add(event);
      }
      call.sendResponseHeaders(known ? away ? 503 : 201 : 401, -1);
    }
  }

  private void answer(HttpExchange call) throws IOException {
    String name = "\"" + call.getRequestURI().getQuery() + "/";
    List<String> wanted = taken.stream().filter(event -> event.contains(name)).toList();
    byte[] body = ("[" + String.join(",", wanted) + "]").getBytes(UTF_8);
    call.getResponseHeaders().add("Content-Type", "application/json");
    call.sendResponseHeaders(200, body.length);
    call.getResponseBody().write(body);
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }
}
