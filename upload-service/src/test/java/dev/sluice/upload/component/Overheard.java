package dev.sluice.upload.component;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A way to a server on which everything that clients send is written down. */
final class Overheard implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final ServerSocket door;
  private final URI server;
  private final Queue<String> ended = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  private Overheard(ServerSocket door, URI server) {
    this.door = door;
    this.server = server;
  }

  static Overheard before(URI server) throws IOException {
    Overheard way =
        new Overheard(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
    Thread.ofVirtual().start(way::accept);
    return way;
  }

  String address() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  void forget() {
    synchronized (heard) {
      heard.reset();
    }
  }

  /** What clients sent since it was forgotten. */
  String heard() {
    synchronized (heard) {
      return heard.toString(ISO_8859_1);
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket there = new Socket(server.getHost(), server.getPort());
        Thread.ofVirtual().start(() -> pass(client, there, true));
        Thread.ofVirtual().start(() -> pass(there, client, false));
      } catch (IOException e) {
        if (!door.isClosed()) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
  }

  private void pass(Socket from, Socket to, boolean asked) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (asked) {
          write(buffer, n);
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      closed(e);
    }
  }

  /** One of them went, and so does the other. */
  private void closed(IOException why) {
    ended.add(why.toString());
  }

  private void write(byte[] bytes, int count) {
    synchronized (heard) {
      heard.write(bytes, 0, count);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
