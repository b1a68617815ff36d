package dev.sluice.chaos.imports;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of files with ranges and ETags that is slow enough to be struck, and lies on demand. */
final class SourceServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SourceServer.class.getName());
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");
  private static final String LISTING = "bytes=0-0";
  private static final int CHUNK = 1 << 18;
  private static final long CHUNK_NANOS = Duration.ofMillis(15).toNanos();

  private final HttpServer server;
  private final Map<String, SourceFile> files = new ConcurrentHashMap<>();
  private final AtomicLong bytesServed = new AtomicLong();

  private SourceServer(HttpServer server) {
    this.server = server;
  }

  static SourceServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SourceServer server = new SourceServer(http);
    http.createContext("/", server::answer);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.start();
    return server;
  }

  /** Serves the file from now on; answers its URL. */
  String put(String path, SourceFile file) {
    files.put("/" + path, file);
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  /** Forgets files whose paths begin so. */
  void forget(String prefix) {
    files.keySet().removeIf(path -> path.startsWith("/" + prefix));
  }

  long bytesServed() {
    return bytesServed.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      SourceFile file = files.get(exchange.getRequestURI().getPath());
      if (file == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String range = exchange.getRequestHeaders().getFirst("Range");
      Trouble trouble = LISTING.equals(range) ? Trouble.NONE : file.next();
      answer(exchange, file, range == null ? "" : range, trouble);
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "a reader went", gone);
    }
  }

  private void answer(HttpExchange exchange, SourceFile file, String range, Trouble trouble)
      throws IOException {
    byte[] bytes;
    String etag;
    synchronized (file) {
      bytes = file.now();
      etag = file.etag();
    }
    if (trouble == Trouble.AWAY) {
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    exchange.getResponseHeaders().add("ETag", etag);
    exchange.getResponseHeaders().add("Accept-Ranges", "bytes");
    Matcher asked = RANGE.matcher(range);
    String pinned = exchange.getRequestHeaders().getFirst("If-Range");
    boolean ranged = asked.matches() && (pinned == null || pinned.equals(etag));
    if (!ranged || trouble == Trouble.FORGETS) {
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      send(exchange, bytes, 0, trouble == Trouble.DROPS ? bytes.length / 2 : bytes.length);
      return;
    }
    int from = Integer.parseInt(asked.group(1));
    int to =
        asked.group(2).isEmpty()
            ? bytes.length
            : Math.min(bytes.length, Integer.parseInt(asked.group(2)) + 1);
    if (from >= to) {
      exchange.getResponseHeaders().add("Content-Range", "bytes */" + bytes.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    ranged(exchange, bytes, from, to, trouble);
  }

  private void ranged(HttpExchange exchange, byte[] bytes, int from, int to, Trouble trouble)
      throws IOException {
    int first = trouble == Trouble.WRONG_RANGE && from > 0 ? from - 1 : from;
    int last = trouble == Trouble.WRONG_RANGE && from == 0 ? to - 2 : to - 1 - (from - first);
    int total = trouble == Trouble.LIES ? bytes.length + 7 : bytes.length;
    int length = last - first + 1;
    int said = trouble == Trouble.SHORT ? length - length / 3 : length;
    exchange.getResponseHeaders().add("Content-Range", "bytes " + first + "-" + last + "/" + total);
    exchange.sendResponseHeaders(206, said);
    send(exchange, bytes, first, trouble == Trouble.DROPS ? said / 2 : said);
  }

  /** Fewer bytes than were said break the connection when the exchange is closed. */
  private void send(HttpExchange exchange, byte[] bytes, int from, int length) throws IOException {
    OutputStream out = exchange.getResponseBody();
    for (int at = 0; at < length; at += CHUNK) {
      int n = Math.min(CHUNK, length - at);
      out.write(bytes, from + at, n);
      out.flush();
      bytesServed.addAndGet(n);
      LockSupport.parkNanos(CHUNK_NANOS);
    }
  }
}
