package dev.sluice.bench.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DelayProxyTest {
  private static final int SIZE = 3 * DelayProxy.WINDOW + 17;

  @Test
  void handsOverEveryByteInBothDirections() throws Exception {
    // Given
    byte[] bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    try (ServerSocket echo = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DelayProxy proxy = DelayProxy.before(echo.getLocalPort(), 0, Duration.ofMillis(20))) {
      Thread.ofVirtual().start(() -> echo(echo));

      // When
      byte[] back;
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
        Thread.ofVirtual().start(() -> send(socket, bytes));
        back = socket.getInputStream().readAllBytes();
      }

      // Then
      assertThat(back).isEqualTo(bytes);
    }
  }

  private static void echo(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void send(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
