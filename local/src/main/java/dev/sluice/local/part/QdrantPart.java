package dev.sluice.local.part;

import dev.sluice.local.process.Launch;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The development Qdrant (gRPC only) on the loopback address; data in {@code qdrant}. */
public final class QdrantPart extends ProcessPart {
  private static final int PORT = 16_334;
  private static final int PROBE_MILLIS = 2_000;
  private static final int LENGTH_BYTES = 3;
  private static final byte SETTINGS_FRAME = 4;

  private final PythonEnvironment python;

  /** The server of this stack, running or not. */
  public QdrantPart(PartContext context, PythonEnvironment python) {
    super(context, "qdrant", PORT);
    this.python = python;
  }

  /** The key that clients must send. */
  public String apiKey() {
    return context().secrets().of("qdrant.api-key");
  }

  @Override
  public String address() {
    return "http://" + LOOPBACK + ":" + port();
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(2);
  }

  /** Ready means: it opens an HTTP/2 connection, as gRPC needs. */
  @Override
  public boolean isReady() {
    return isAlive() && speaksHttp2();
  }

  @Override
  Launch launch() {
    return Launch.of(
        name(),
        List.of(
            python.bin().resolve("python").toString(),
            "-m",
            "sluice_qdrant_dev",
            "--port=" + port(),
            "--data=" + context().state().folder("qdrant")),
        Map.of(
            "QDRANT__SERVICE__API_KEY",
            apiKey(),
            "PYTHONPATH",
            python.importPath(),
            "PYTHONUNBUFFERED",
            "1",
            "MALLOC_ARENA_MAX",
            "2"));
  }

  /** Says hello with an empty settings frame and looks for the server's settings frame. */
  private boolean speaksHttp2() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      socket
          .getOutputStream()
          .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[] {0, 0, 0, SETTINGS_FRAME, 0, 0, 0, 0, 0});
      socket.getOutputStream().flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      in.readFully(new byte[LENGTH_BYTES]);
      return in.readByte() == SETTINGS_FRAME;
    } catch (IOException notYet) {
      return false;
    }
  }
}
