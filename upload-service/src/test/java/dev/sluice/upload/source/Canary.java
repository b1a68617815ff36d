package dev.sluice.upload.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens where nobody may come. */
final class Canary implements AutoCloseable {
  private static final int WAITING = 500;

  private final ServerSocket listener;
  private final AtomicInteger hits = new AtomicInteger();

  private Canary(ServerSocket listener) {
    this.listener = listener;
  }

  /** A canary on all addresses of this machine, at a port, 0 for any. */
  static Canary everywhere(int port) throws IOException {
    return listening(new ServerSocket(port, WAITING));
  }

  static Canary at(String address, int port) throws IOException {
    return listening(new ServerSocket(port, WAITING, InetAddress.getAllByName(address)[0]));
  }

  private static Canary listening(ServerSocket listener) {
    Canary canary = new Canary(listener);
    Thread.ofVirtual().start(canary::listen);
    return canary;
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        listener.accept().close();
        hits.incrementAndGet();
      } catch (IOException closed) {
        return;
      }
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  int hits() {
    return hits.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
