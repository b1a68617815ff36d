package dev.sluice.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves ranges of one file and counts what was asked for. After so many ranges each further one
 * stops in its middle, until they are let go.
 */
final class RangeServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)");

  private final byte[] file;
  private final int free;
  private final HttpServer server;
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger ranges = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  private RangeServer(byte[] file, int free) throws IOException {
    this.file = file;
    this.free = free;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  static RangeServer of(byte[] file, int free) throws IOException {
    RangeServer server = new RangeServer(file, free);
    server.server.createContext("/", server::answer);
    server.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.server.start();
    return server;
  }

  String url(String name) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
  }

  /** Ranges that were asked for, without the one byte of a listing. */
  int ranges() {
    return ranges.get();
  }

  /** Bytes of these ranges, whether they arrived or not. */
  long bytes() {
    return bytes.get();
  }

  void letGo() {
    go.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().add("ETag", "\"one\"");
      exchange.getResponseHeaders().add("Accept-Ranges", "bytes");
      String asked = exchange.getRequestHeaders().getFirst("Range");
      Matcher range = RANGE.matcher(asked == null ? "bytes=0-" + (file.length - 1) : asked);
      if (!range.matches()) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      int first = Integer.parseInt(range.group(1));
      int length = Math.min(Integer.parseInt(range.group(2)), file.length - 1) - first + 1;
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/%d".formatted(first, first + length - 1, file.length));
      exchange.sendResponseHeaders(asked == null ? 200 : 206, length);
      send(exchange.getResponseBody(), first, length);
    }
  }

  private void send(OutputStream out, int first, int length) throws IOException {
    int half = length / 2;
    if (length > 1) {
      bytes.addAndGet(length);
      out.write(file, first, half);
      out.flush();
      if (ranges.incrementAndGet() > free) {
        awaitGo();
      }
    }
    int from = length > 1 ? half : 0;
    out.write(file, first + from, length - from);
  }

  private void awaitGo() {
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    letGo();
    server.stop(0);
  }
}
