package dev.sluice.testing;

import dev.sluice.local.part.KafkaPart;
import dev.sluice.local.part.Part;
import dev.sluice.local.part.PartContext;
import dev.sluice.local.part.PostgresPart;
import dev.sluice.local.part.Readiness;
import dev.sluice.local.part.S3Part;
import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The real servers of this test JVM, each started on first demand and ended with the JVM.
 *
 * <p>This is the one place that decides where tests get servers from: to use containers instead,
 * give these three methods another body.
 *
 * <p>What is shared lies in a folder named by this JVM's pid, not in static fields, because Quarkus
 * loads test classes more than once.
 */
public final class TestServers {
  private static final String PREFIX = "sluice-test-";
  private static final Object START = TestServers.class;

  private TestServers() {}

  /** PostgreSQL, ready. */
  public static PostgresPart postgres() {
    return ready(new PostgresPart(context()));
  }

  /** Kafka with Sluice's topics, ready. */
  public static KafkaPart kafka() {
    return ready(new KafkaPart(context()));
  }

  /** The S3 store, ready. */
  public static S3Part s3() {
    return ready(new S3Part(context()));
  }

  private static <P extends Part> P ready(P part) {
    synchronized (START) {
      Readiness.startAndAwait(part);
    }
    return part;
  }

  private static PartContext context() {
    Path top = Path.of(System.getProperty("java.io.tmpdir"));
    sweep(top);
    return PartContext.leashed(
        new StateFolder(top.resolve(PREFIX + ProcessHandle.current().pid())));
  }

  /** Deletes what JVMs that ended left behind. */
  private static void sweep(Path top) {
    try (Stream<Path> folders = Files.list(top)) {
      folders
          .filter(folder -> folder.getFileName().toString().matches(PREFIX + "\\d+"))
          .filter(folder -> !isAlive(folder))
          .forEach(TestServers::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look into " + top, e);
    }
  }

  private static boolean isAlive(Path folder) {
    String pid = folder.getFileName().toString().substring(PREFIX.length());
    return ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  private static void delete(Path folder) {
    try {
      new StateFolder(folder).wipe(List.of());
      Files.deleteIfExists(folder);
    } catch (IOException | UncheckedIOException inUse) {
      System.Logger log = System.getLogger(TestServers.class.getName());
      log.log(System.Logger.Level.DEBUG, "Left for the next sweep: " + folder, inUse);
    }
  }
}
