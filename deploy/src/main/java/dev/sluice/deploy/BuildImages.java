package dev.sluice.deploy;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * {@code ./sluice images [--base IMAGE] [--push REGISTRY/PREFIX]}: builds the images of the four
 * services; without {@code --push} as tar files under {@code deploy/target/images}.
 */
public final class BuildImages {
  static final List<String> SERVICES =
      List.of("upload-service", "catalog-service", "processing-service", "vector-sink-service");
  private static final String TAG = "0.1.0";
  private static final int USAGE = 2;

  private final PrintStream out;
  private String base = "eclipse-temurin:21-jre";
  private String push = "";

  private BuildImages(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    BuildImages build = new BuildImages(System.out);
    if (!build.parse(arguments)) {
      System.err.println("usage: sluice images [--base IMAGE|scratch] [--push REGISTRY/PREFIX]");
      System.exit(USAGE);
    }
    build.run(Path.of("").toAbsolutePath());
  }

  private boolean parse(String[] arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        return false;
      }
      switch (arguments[i]) {
        case "--base" -> base = arguments[i + 1];
        case "--push" -> push = arguments[i + 1];
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  private void run(Path root)
      throws IOException,
          InterruptedException,
          ExecutionException,
          InvalidImageReferenceException,
          RegistryException,
          CacheDirectoryCreationException {
    Path folder = Files.createDirectories(root.resolve("deploy/target/images"));
    for (String service : SERVICES) {
      Path tar = folder.resolve(service + ".tar");
      Containerizer target =
          push.isEmpty()
              ? Containerizer.to(TarImage.at(tar).named("sluice/" + service + ":" + TAG))
              : Containerizer.to(RegistryImage.named(push + "/" + service + ":" + TAG));
      var image =
          new ImageBuilder(base).build(root.resolve(service).resolve("target/quarkus-app"), target);
      out.println(service + " " + image.getDigest() + (push.isEmpty() ? " " + tar : ""));
    }
  }
}
