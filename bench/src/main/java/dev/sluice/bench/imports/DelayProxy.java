package dev.sluice.bench.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes a server on this machine far away: every byte takes half the round trip, and a connection
 * has at most one window of bytes under way in a direction, as TCP over such a distance.
 */
final class DelayProxy implements AutoCloseable {
  /** What Linux lets a connection grow to. */
  static final int WINDOW = 4 << 20;

  private static final int PIECE = 64 << 10;

  private final ServerSocket server;
  private final int target;
  private final long roundTripNanos;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private DelayProxy(ServerSocket server, int target, long roundTripNanos) {
    this.server = server;
    this.target = target;
    this.roundTripNanos = roundTripNanos;
  }

  /** Stands before a port of the loopback address. */
  static DelayProxy before(int target, int port, Duration roundTrip) throws IOException {
    ServerSocket server = new ServerSocket(port, 100, InetAddress.getLoopbackAddress());
    DelayProxy proxy = new DelayProxy(server, target, roundTrip.toNanos());
    Thread.ofPlatform().daemon().name("delay").start(proxy::accept);
    return proxy;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        sockets.addAll(List.of(near, far));
        new Direction(near, far).start();
        new Direction(far, near).start();
      } catch (IOException closed) {
        LockSupport.parkNanos(1);
      }
    }
  }

  /** Bytes and when they were taken; none at the end. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Piece(byte[] bytes, long taken) {}

  private final class Direction {
    private final Socket from;
    private final Socket to;
    private final BlockingQueue<Piece> way = new LinkedBlockingQueue<>();
    private final Deque<Piece> unacknowledged = new ArrayDeque<>();
    private long underWay;

    Direction(Socket from, Socket to) {
      this.from = from;
      this.to = to;
    }

    void start() {
      Thread.ofPlatform().daemon().name("delay-take").start(this::take);
      Thread.ofPlatform().daemon().name("delay-give").start(this::give);
    }

    private void take() {
      try {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[PIECE];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          Piece piece = new Piece(Arrays.copyOf(buffer, n), System.nanoTime());
          way.add(piece);
          unacknowledged.add(piece);
          underWay += n;
          awaitWindow();
        }
      } catch (IOException broken) {
        LockSupport.parkNanos(1);
      }
      way.add(new Piece(new byte[0], System.nanoTime()));
    }

    private void awaitWindow() {
      while (!unacknowledged.isEmpty()) {
        Piece oldest = unacknowledged.getFirst();
        long left = oldest.taken() + roundTripNanos - System.nanoTime();
        if (left > 0 && underWay < WINDOW) {
          return;
        }
        if (left > 0) {
          LockSupport.parkNanos(left);
        } else {
          underWay -= unacknowledged.removeFirst().bytes().length;
        }
      }
    }

    private void give() {
      try {
        OutputStream out = to.getOutputStream();
        for (Piece piece = way.take(); piece.bytes().length > 0; piece = way.take()) {
          long due = piece.taken() + roundTripNanos / 2;
          for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
          }
          out.write(piece.bytes());
        }
        to.shutdownOutput();
      } catch (IOException broken) {
        closeBoth();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void closeBoth() {
      for (Socket each : List.of(from, to)) {
        try {
          each.close();
        } catch (IOException closed) {
          LockSupport.parkNanos(1);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
