package dev.sluice.chaos.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** The server behind a proxy; a connection of its own for each request. */
record Upstream(URI address) {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int CHUNK = 1 << 16;

  /** How much of an answer's body goes back. */
  enum Answer {
    WHOLE,
    HALVED,
    /** All of it, one byte being another. */
    DAMAGED
  }

  /** Sends the request on and the answer back; false when the answer ends the connection. */
  boolean forward(HttpMessage request, byte[] body, OutputStream out, Answer wanted)
      throws IOException {
    try (Socket store = connect()) {
      OutputStream to = store.getOutputStream();
      HttpMessage single = request.without(List.of("Connection:"));
      to.write(closing(single).bytes());
      to.write(body);
      to.flush();
      InputStream from = new BufferedInputStream(store.getInputStream(), CHUNK);
      HttpMessage head = HttpMessage.read(from).orElseThrow(() -> new IOException("no answer"));
      while (head.second().equals("100")) {
        head = HttpMessage.read(from).orElseThrow(() -> new IOException("no answer"));
      }
      HttpMessage shown = head.without(List.of("Connection:"));
      boolean bodiless =
          request.method().equals("HEAD") || List.of("204", "304").contains(head.second());
      boolean framed = bodiless || head.chunked() || head.header("Content-Length").isPresent();
      out.write((framed ? shown : closing(shown)).bytes());
      if (!bodiless) {
        pass(from, out, length(head), wanted);
      }
      out.flush();
      return framed;
    }
  }

  /** Bytes to pass on; a chunked body ends with the connection, since we asked to close it. */
  private static long length(HttpMessage head) {
    return head.chunked()
        ? Long.MAX_VALUE
        : head.header("Content-Length").map(Long::parseLong).orElse(Long.MAX_VALUE);
  }

  private static void pass(InputStream from, OutputStream out, long length, Answer wanted)
      throws IOException {
    boolean halved = wanted == Answer.HALVED;
    long left = halved && length != Long.MAX_VALUE ? length / 2 : halved ? 1 : length;
    boolean damage = wanted == Answer.DAMAGED;
    byte[] buffer = new byte[CHUNK];
    while (left > 0) {
      int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        if (length != Long.MAX_VALUE) {
          throw new IOException("the store's answer is cut");
        }
        return;
      }
      if (damage) {
        buffer[read / 2] ^= 1;
        damage = false;
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  /** Sends half of a body and breaks off. */
  void half(HttpMessage request, byte[] body) throws IOException {
    try (Socket store = connect()) {
      store.getOutputStream().write(request.bytes());
      store.getOutputStream().write(body, 0, body.length / 2);
      store.getOutputStream().flush();
      reset(store);
    }
  }

  private Socket connect() throws IOException {
    Socket store = new Socket(address.getHost(), address.getPort());
    store.setSoTimeout(PATIENCE_MILLIS);
    store.setTcpNoDelay(true);
    return store;
  }

  private static HttpMessage closing(HttpMessage head) {
    String text = head.text();
    return new HttpMessage(text.substring(0, text.length() - 2) + "Connection: close\r\n\r\n");
  }

  /** The next the other side hears is a reset. */
  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
