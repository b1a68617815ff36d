package dev.sluice.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** A web server outside that is told things; it answers what a test wants. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final IntUnaryOperator statusOfCall;

  private Receiver(IntUnaryOperator statusOfCall) throws IOException {
    this.statusOfCall = statusOfCall;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  /** Answers the n-th call, from 0, with this status. */
  static Receiver answering(IntUnaryOperator statusOfCall) {
    try {
      return new Receiver(statusOfCall);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Receiver taking() {
    return answering(call -> 204);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  List<Told> told() {
    return told;
  }

  /** What was told of a type, by its short name. */
  List<Told> told(String type) {
    return told.stream().filter(t -> t.body().contains("\"dev.sluice." + type + ".v1\"")).toList();
  }

  private void take(HttpExchange call) throws IOException {
    try (call) {
      String body = new String(call.getRequestBody().readAllBytes(), UTF_8);
      int status;
      synchronized (told) {
        status = statusOfCall.applyAsInt(told.size());
        told.add(
            new Told(
                call.getRequestURI().getPath(),
                call.getRequestHeaders().getFirst("webhook-id"),
                call.getRequestHeaders().getFirst("webhook-timestamp"),
                call.getRequestHeaders().getFirst("webhook-signature"),
                body));
      }
      if (status == 302) {
        call.getResponseHeaders().add("Location", "/elsewhere");
      }
      call.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  /** A request as it came. */
  record Told(String path, String id, String timestamp, String signature, String body) {}
}
