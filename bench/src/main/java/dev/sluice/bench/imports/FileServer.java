package dev.sluice.bench.imports;

import dev.sluice.local.state.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A folder over HTTP with ranges, by {@code rclone serve}. */
final class FileServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final int port;

  private FileServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static FileServer of(Path rclone, Path folder, Path log) throws IOException {
    int port = Ports.anyFree();
    Process process =
        new ProcessBuilder(
                List.of(
                    rclone.toString(),
                    "--config",
                    "/dev/null",
                    "serve",
                    "http",
                    "--addr",
                    "127.0.0.1:" + port,
                    folder.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!listens(port)) {
      if (System.nanoTime() > end || !process.isAlive()) {
        process.destroyForcibly();
        throw new IllegalStateException("rclone does not serve; see " + log);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return new FileServer(process, port);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
