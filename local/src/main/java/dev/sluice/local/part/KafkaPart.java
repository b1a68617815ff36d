package dev.sluice.local.part;

import dev.sluice.local.process.JavaCommand;
import dev.sluice.local.process.Launch;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Kafka (KRaft, one broker) on the loopback address; data in {@code kafka} of the state folder. */
public final class KafkaPart extends ProcessPart {
  /** Topics made at the first start, each with its dead-letter topic. */
  public static final List<String> TOPICS =
      List.of("sluice.uploads", "sluice.datasets", "sluice.processing", "sluice.vectors");

  private static final int PORT = 19_092;
  private static final PreferredPort CONTROLLER_PORT =
      new PreferredPort("kafka-controller", 19_093);
  private static final int HEAP_MIB = 256;
  private static final int PROBE_MILLIS = 2_000;
  private static final int PROBE_ID = 7;
  private static final short API_VERSIONS = 18;

  /** The broker of this stack, running or not. */
  public KafkaPart(PartContext context) {
    super(context, "kafka", PORT);
  }

  @Override
  public String address() {
    return LOOPBACK + ":" + port();
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(3);
  }

  /** Ready means: its topics exist and it answers a request of Kafka's protocol. */
  @Override
  public boolean isReady() {
    return isAlive() && Files.exists(readyMark()) && answersApiVersions();
  }

  @Override
  List<PreferredPort> furtherPorts() {
    return List.of(CONTROLLER_PORT);
  }

  @Override
  Launch launch() {
    Path data = context().state().folder("kafka");
    try {
      Files.deleteIfExists(readyMark());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    int controller = context().port(CONTROLLER_PORT);
    List<String> command =
        new JavaCommand(context().installation(), HEAP_MIB)
            .flag("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
            .flag("-Dorg.slf4j.simpleLogger.showDateTime=true")
            .flag("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS")
            .main(
                "dev.sluice.local.server.KafkaMain",
                data.toString(),
                Integer.toString(port()),
                Integer.toString(controller),
                readyMark().toString());
    return Launch.of(name(), command, Map.of("MALLOC_ARENA_MAX", "2"));
  }

  private Path readyMark() {
    return context().state().folder("run").resolve("kafka.ready");
  }

  /** Sends ApiVersions version 0 and looks for its own correlation id in the answer. */
  private boolean answersApiVersions() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(Short.BYTES * 3 + Integer.BYTES);
      out.writeShort(API_VERSIONS);
      out.writeShort(0);
      out.writeInt(PROBE_ID);
      out.writeShort(-1);
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      return in.readInt() > Integer.BYTES && in.readInt() == PROBE_ID;
    } catch (IOException notYet) {
      return false;
    }
  }
}
