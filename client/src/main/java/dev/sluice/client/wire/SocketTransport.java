package dev.sluice.client.wire;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Plain HTTP/1.1 on kept connections; a file's bytes never enter this process on their way. */
final class SocketTransport implements StoreTransport {

  private static final int HTTP = 80;
  private static final Set<String> OURS =
      Set.of("host", "content-length", "connection", "expect", "transfer-encoding");

  private final SocketLimits limits;
  private final Map<String, ConcurrentLinkedDeque<SocketConnection>> idle =
      new ConcurrentHashMap<>();
  private volatile boolean closed;

  SocketTransport(SocketLimits limits) {
    this.limits = limits;
  }

  @Override
  public StoreAnswer put(URI url, Map<String, String> headers, FileSlice slice) throws IOException {
    int port = url.getPort() < 0 ? HTTP : url.getPort();
    String origin = url.getHost() + ":" + port;
    byte[] head = head(url, headers, slice.size());
    SocketConnection kept = kept(origin);
    if (kept != null) {
      try {
        return exchange(origin, kept, head, slice);
      } catch (IOException e) {
        if (kept.heard() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        // The store closed it while it was idle: that says nothing about this part.
      }
    }
    String host = url.getHost().replaceAll("^\\[|\\]$", "");
    return exchange(origin, SocketConnection.open(host, port, limits), head, slice);
  }

  private StoreAnswer exchange(
      String origin, SocketConnection connection, byte[] head, FileSlice slice) throws IOException {
    boolean keep = false;
    try {
      StoreAnswer answer = connection.put(head, slice);
      keep = connection.reusable();
      return answer;
    } finally {
      if (keep && !closed) {
        idle.computeIfAbsent(origin, key -> new ConcurrentLinkedDeque<>()).push(connection);
      } else {
        connection.close();
      }
    }
  }

  /** The connection used last, which is the least likely to be gone. */
  private @Nullable SocketConnection kept(String origin) {
    ConcurrentLinkedDeque<SocketConnection> here = idle.get(origin);
    for (SocketConnection each = poll(here); each != null; each = poll(here)) {
      if (each.fresh()) {
        return each;
      }
      each.close();
    }
    return null;
  }

  private static @Nullable SocketConnection poll(
      @Nullable ConcurrentLinkedDeque<SocketConnection> connections) {
    return connections == null ? null : connections.poll();
  }

  private static byte[] head(URI url, Map<String, String> headers, long size) {
    StringBuilder head = new StringBuilder(1024).append("PUT ");
    head.append(url.getRawPath().isEmpty() ? "/" : url.getRawPath());
    if (url.getRawQuery() != null) {
      head.append('?').append(url.getRawQuery());
    }
    head.append(" HTTP/1.1\r\nHost: ").append(url.getHost());
    if (url.getPort() >= 0) {
      head.append(':').append(url.getPort());
    }
    head.append("\r\nContent-Length: ").append(size).append("\r\n");
    headers.forEach(
        (name, value) -> {
          if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
            head.append(line(name)).append(": ").append(line(value)).append("\r\n");
          }
        });
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String line(String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("not a header: " + text);
    }
    return text;
  }

  @Override
  public void close() {
    closed = true;
    idle.values().forEach(connections -> connections.forEach(SocketConnection::close));
    idle.clear();
  }
}
