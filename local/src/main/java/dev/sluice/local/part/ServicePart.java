package dev.sluice.local.part;

import dev.sluice.local.process.JavaCommand;
import dev.sluice.local.process.Launch;
import dev.sluice.local.state.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One of Sluice's four services, run from its module's build. */
public final class ServicePart extends ProcessPart {
  private static final int REDIRECTION = 300;

  private final ServiceShape shape;
  private final Supplier<Map<String, String>> settings;

  /** A service that gets these variables at its start. */
  public ServicePart(
      PartContext context, ServiceShape shape, Supplier<Map<String, String>> settings) {
    this(context, shape.module(), shape, settings);
  }

  /** As the other, under a name of its own: one replica of several. */
  public ServicePart(
      PartContext context,
      String name,
      ServiceShape shape,
      Supplier<Map<String, String>> settings) {
    super(context, name, shape.port());
    this.shape = shape;
    this.settings = settings;
  }

  @Override
  public String address() {
    return "http://" + LOOPBACK + ":" + port();
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(4);
  }

  /** Ready means: its own readiness checks are all up. */
  @Override
  public boolean isReady() {
    return isAlive() && Readiness.answers(address() + "/q/health/ready", REDIRECTION);
  }

  @Override
  String fingerprint() {
    return settings() + " built " + builtAt();
  }

  @Override
  Launch launch() {
    Path jar = jar();
    if (!Files.exists(jar)) {
      throw new LocalException(shape.module() + " is not built (./sluice build)");
    }
    JavaCommand command =
        new JavaCommand(context().installation(), shape.heapMiB())
            .flag("-Djava.util.logging.manager=org.jboss.logmanager.LogManager")
            .flag("-XX:MaxMetaspaceSize=192m")
            .flag("-Dvertx.disableDnsResolver=true");
    if (shape.quickCompiler()) {
      command.flag("-XX:TieredStopAtLevel=1");
    }
    return Launch.of(name(), command.jar(jar.toString()), settings());
  }

  private Map<String, String> settings() {
    Map<String, String> all = new TreeMap<>(settings.get());
    all.put("QUARKUS_HTTP_HOST", LOOPBACK);
    all.put("QUARKUS_HTTP_PORT", Integer.toString(port()));
    all.put("MALLOC_ARENA_MAX", "2");
    return all;
  }

  private Path jar() {
    return context().installation().serviceJar(shape.module());
  }

  /** When the youngest jar of the build was written, in milliseconds; 0 when not built. */
  private long builtAt() {
    Path folder = jar().resolveSibling("app");
    try (Stream<Path> jars = Files.list(folder)) {
      long newest = 0;
      for (Path jar : jars.toList()) {
        newest = Math.max(newest, Files.getLastModifiedTime(jar).toMillis());
      }
      return newest;
    } catch (IOException notBuilt) {
      return 0;
    }
  }
}
