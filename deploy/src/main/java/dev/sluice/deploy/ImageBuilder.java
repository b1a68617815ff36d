package dev.sluice.deploy;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Lays a service built by Quarkus (fast-jar) into an image: libraries, which seldom change, below
 * the service's own classes. The same input gives the same image digest.
 *
 * @param baseImage image with a Java 21+ runtime on its path, or {@link #SCRATCH} for none
 */
record ImageBuilder(String baseImage) {
  static final String SCRATCH = "scratch";
  private static final String ROOT = "/deployments";
  private static final List<String> COMMAND =
      List.of("java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-jar");

  /**
   * Builds the image of one service.
   *
   * @param quarkusApp the service's {@code target/quarkus-app}
   */
  JibContainer build(Path quarkusApp, Containerizer target)
      throws IOException,
          InterruptedException,
          ExecutionException,
          InvalidImageReferenceException,
          RegistryException,
          CacheDirectoryCreationException {
    if (!Files.isRegularFile(quarkusApp.resolve("quarkus-run.jar"))) {
      throw new IOException("not built yet: " + quarkusApp + " has no quarkus-run.jar");
    }
    JibContainerBuilder image = baseImage.equals(SCRATCH) ? Jib.fromScratch() : Jib.from(baseImage);
    for (String folder : List.of("lib", "quarkus", "app", "quarkus-run.jar")) {
      image.addFileEntriesLayer(layer(quarkusApp, folder));
    }
    List<String> entrypoint =
        Stream.concat(COMMAND.stream(), Stream.of(ROOT + "/quarkus-run.jar")).toList();
    return image.setEntrypoint(entrypoint).setUser("1001").containerize(target);
  }

  private static FileEntriesLayer layer(Path quarkusApp, String name) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    Path source = quarkusApp.resolve(name);
    if (Files.exists(source)) {
      layer.addEntryRecursive(source, AbsoluteUnixPath.get(ROOT).resolve(name));
    }
    return layer.build();
  }
}
