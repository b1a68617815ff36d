package dev.sluice.cli.transfer;

import dev.sluice.cli.CliException;
import dev.sluice.client.FileEntry;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.VersionClient;
import dev.sluice.client.upload.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Fetches files of one version; what does not have the promised checksum never gets its name. */
public final class Download {

  private final SluiceClient client;
  private final VersionClient versions;
  private final String version;

  /** Prepares downloads from one version. */
  public Download(SluiceClient client, VersionClient versions, String version) {
    this.client = client;
    this.versions = versions;
    this.version = version;
  }

  /**
   * Writes a file below a folder.
   *
   * @throws CliException when its path leads elsewhere or its bytes are not those promised
   */
  public Path to(Path folder, FileEntry file) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    Path target = root.resolve(file.path()).normalize();
    if (!target.startsWith(root)) {
      throw new CliException("the path leads out of the folder: " + file.path());
    }
    Files.createDirectories(target.getParent());
    Path partial = target.resolveSibling(target.getFileName() + ".part");
    try (InputStream in = client.objects().get(versions.download(version, file.path()).url())) {
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
    }
    String sha256 = Checksum.sha256(partial);
    if (!sha256.equals(file.sha256())) {
      Files.delete(partial);
      throw new CliException(
          file.path() + " came as " + sha256 + ", but the manifest says " + file.sha256());
    }
    return Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
  }
}
