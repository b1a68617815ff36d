package dev.sluice.client.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does on each connection exactly what a script says, byte for byte. */
final class ScriptedServer implements AutoCloseable {

  static final String OK = "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r\n";

  /** What happens on one connection; it is closed afterwards. */
  @FunctionalInterface
  interface Script {
    void play(Peer peer) throws IOException;
  }

  private final ServerSocket server;
  private final List<Script> scripts;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Peer> peers = new CopyOnWriteArrayList<>();
  private final List<IOException> failures = new CopyOnWriteArrayList<>();

  /** The last script is played again and again. */
  ScriptedServer(Script... scripts) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.scripts = List.of(scripts);
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/b/k?partNumber=1&x=a%2Fb");
  }

  /** What broke while scripts were played; broken connections are what many tests are about. */
  List<IOException> failures() {
    return failures;
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        int number = connections.getAndIncrement();
        Script script = scripts.get(Math.min(number, scripts.size() - 1));
        Thread.ofVirtual().start(() -> play(script, socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void play(Script script, Socket socket) {
    Peer peer = new Peer(socket);
    peers.add(peer);
    try (socket) {
      script.play(peer);
    } catch (IOException e) {
      failures.add(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Peer peer : peers) {
      peer.socket.close();
    }
  }

  /** One connection, seen from the server. */
  static final class Peer {
    private final Socket socket;

    Peer(Socket socket) {
      this.socket = socket;
    }

    /** The head of the next request; empty when there is none. */
    String head() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int octet = socket.getInputStream().read();
        if (octet < 0) {
          return "";
        }
        head.write(octet);
      }
      return head.toString(StandardCharsets.ISO_8859_1);
    }

    byte[] body(int size) throws IOException {
      return socket.getInputStream().readNBytes(size);
    }

    /** Head and body of the next request. */
    byte[] request(int size) throws IOException {
      return head().isEmpty() ? new byte[0] : body(size);
    }

    void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /** Neither reads nor says anything until the server is closed. */
    void socketWaits() {
      while (!socket.isClosed()) {
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      }
    }

    /** Breaks the connection without a farewell. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
