package dev.sluice.local.part;

import dev.sluice.local.process.Launch;
import dev.sluice.local.process.PartProcess;
import dev.sluice.local.state.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What all parts share: a process with a pid file and one port. */
abstract class ProcessPart implements Part {
  static final String LOOPBACK = "127.0.0.1";

  private final PartContext context;
  private final String name;
  private final int preferredPort;
  private final PartProcess process;

  ProcessPart(PartContext context, String name, int preferredPort) {
    this.context = context;
    this.name = name;
    this.preferredPort = preferredPort;
    this.process = new PartProcess(context.state(), name);
  }

  /** Prepares data and tells how to start; called only while the process does not run. */
  abstract Launch launch();

  /** What the process was told at its start; when it differs later, a restart is due. */
  String fingerprint() {
    return "";
  }

  @Override
  public final boolean isCurrent() {
    return process.startedWith(fingerprint());
  }

  /** How long it may take to end in good order before it is ended by force. */
  Duration stopPatience() {
    return Duration.ofSeconds(20);
  }

  /** Signal that ends it in good order. */
  String stopSignal() {
    return "TERM";
  }

  final PartContext context() {
    return context;
  }

  /** The port it listens on. */
  public final int port() {
    return context.port(new PreferredPort(name, preferredPort));
  }

  @Override
  public final boolean portIsTaken() {
    return !isAlive() && ports().anyMatch(port -> !Ports.isFree(context.port(port)));
  }

  @Override
  public final void movePort() {
    ports().filter(port -> !Ports.isFree(context.port(port))).forEach(context::movePort);
  }

  /** Ports it needs beside {@link #port()}. */
  List<PreferredPort> furtherPorts() {
    return List.of();
  }

  private Stream<PreferredPort> ports() {
    return Stream.concat(
        Stream.of(new PreferredPort(name, preferredPort)), furtherPorts().stream());
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void start() {
    if (!isAlive()) {
      process.start(launch(), context.lifetime());
      process.remember(fingerprint());
    }
  }

  @Override
  public final boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void stop() {
    process.stop(stopSignal(), stopPatience());
  }

  @Override
  public final Path logFile() {
    return context.state().log(name);
  }

  @Override
  public final long residentBytes() {
    return process.residentBytes();
  }

  /** Waits at most so long for the process to end, which is also the pause between two looks. */
  final boolean endsWithin(Duration limit) {
    return process.awaitEnd(limit);
  }
}
