package dev.sluice.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on a free port that remembers what it was asked. */
public final class TestServer implements AutoCloseable {

  /** Answers one request. */
  public interface Handler {
    Answer handle(Call call) throws IOException;
  }

  /** A request. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Call(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public String header(String name) {
      List<String> values = headers.getOrDefault(name, List.of());
      return values.isEmpty() ? "" : values.getFirst();
    }
  }

  /** An answer. */
  public record Answer(int status, String body, Map<String, String> headers) {

    public static Answer json(int status, Object body) {
      return new Answer(status, Json.write(body), Map.of("Content-Type", "application/json"));
    }

    public static Answer problem(int status, String code, String detail) {
      return json(status, Map.of("status", status, "code", code, "detail", detail));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  public TestServer(Handler handler) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, handler));
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  private void answer(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      Call call =
          new Call(
              exchange.getRequestMethod(),
              uri.getPath(),
              uri.getRawQuery() == null ? "" : uri.getRawQuery(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody().readAllBytes());
      calls.add(call);
      Answer answer = handler.handle(call);
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
