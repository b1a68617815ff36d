package dev.sluice.support.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WideSocketTest {
  private static final int MANY = 1_000_003;
  private static final int FEW = 8 << 10;

  private ServerSocket server;
  private Socket near;
  private Socket far;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    near = new UnconnectedSockets(WideSocket::new).createSocket();
    near.connect(server.getLocalSocketAddress());
    far = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    near.close();
    far.close();
    server.close();
  }

  @Test
  void deliversWhatIsWrittenInSmallPieces() throws Exception {
    byte[] sent = bytes();
    CompletableFuture<byte[]> got = CompletableFuture.supplyAsync(() -> read(far, sent.length));
    OutputStream out = near.getOutputStream();
    for (int at = 0; at < sent.length; at += FEW) {
      out.write(sent, at, Math.min(FEW, sent.length - at));
    }
    out.flush();
    assertThat(got.get()).isEqualTo(sent);
  }

  @Test
  void givesWhatWasSentInSmallPieces() throws Exception {
    byte[] sent = bytes();
    CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> write(far, sent));
    InputStream in = near.getInputStream();
    byte[] got = new byte[sent.length];
    for (int at = 0, n = 0; at < got.length && n >= 0; at += n) {
      n = in.read(got, at, Math.min(FEW, got.length - at));
    }
    sending.get();
    assertThat(got).isEqualTo(sent);
  }

  @Test
  void givesLittleThatCameAtOnce() throws Exception {
    write(far, new byte[] {1, 2, 3});
    byte[] got = new byte[FEW];
    assertThat(near.getInputStream().read(got, 0, FEW)).isEqualTo(3);
  }

  @Test
  void takesAllThatCameInOneCall() throws Exception {
    write(far, new byte[] {1, 2, 3});
    InputStream in = near.getInputStream();
    assertThat(in.read()).isEqualTo(1);
    assertThat(near.getInputStream().available()).isZero();
    assertThat(in.readNBytes(2)).containsExactly(2, 3);
  }

  @Test
  void keepsWhatIsWrittenUntilItIsFlushed() throws Exception {
    OutputStream out = near.getOutputStream();
    out.write(new byte[] {1, 2, 3});
    assertThat(far.getInputStream().available()).isZero();
    out.flush();
    assertThat(read(far, 3)).containsExactly(1, 2, 3);
  }

  private static byte[] bytes() {
    byte[] all = new byte[MANY];
    new Random(7).nextBytes(all);
    return all;
  }

  private static byte[] read(Socket from, int length) {
    try {
      return from.getInputStream().readNBytes(length);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Socket to, byte[] bytes) {
    try {
      to.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
