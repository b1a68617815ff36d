package dev.sluice.cli.demo;

import dev.sluice.cli.CliException;
import dev.sluice.cli.catalog.Seal;
import dev.sluice.client.FileEntry;
import dev.sluice.client.FileSelection;
import dev.sluice.client.ManifestLines;
import dev.sluice.client.SealRequest;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.Version;
import dev.sluice.client.VersionClient;
import dev.sluice.client.VersionDigest;
import dev.sluice.client.download.DownloadEngine;
import dev.sluice.client.download.DownloadFolder;
import dev.sluice.client.download.DownloadOutcome;
import dev.sluice.client.download.DownloadReport;
import dev.sluice.client.download.DownloadSource;
import dev.sluice.client.upload.UploadOutcome;
import dev.sluice.client.upload.UploadReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Step 3: the version is sealed, and its manifest says what was uploaded. */
final class SealStep {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final SluiceClient client;
  private final VersionClient versions;
  private final Journal journal;

  SealStep(SluiceClient client, VersionClient versions, Journal journal) {
    this.client = client;
    this.versions = versions;
    this.journal = journal;
  }

  Version seal(UploadStep.Filled filled) throws IOException {
    UploadReport report = filled.report();
    SealRequest expected = new SealRequest(report.present().size(), null);
    Version version =
        new Seal(versions, PATIENCE, journal::say).of(filled.draft().version(), expected);
    List<FileEntry> files = manifest(version);
    journal.check(Check.equal("files in the manifest", report.present().size(), files.size()));
    journal.check(
        Check.that(
            "SHA-256 of every file in the manifest",
            uploaded(report).equals(listed(files)),
            files.size() + " compared"));
    journal.check(
        Check.equal("digest of the version", VersionDigest.of(files.stream()), version.digest()));
    return version;
  }

  /** Fetches some files back: the large one and the first two others. */
  void fetchBack(String project, Version version, String large, Path folder)
      throws IOException, InterruptedException {
    List<String> some =
        Stream.concat(
                Stream.of(large),
                manifest(version).stream()
                    .map(FileEntry::path)
                    .filter(path -> !path.equals(large))
                    .limit(2))
            .toList();
    DownloadSource source =
        new DownloadSource(project, Demo.INPUT, version.version(), new FileSelection(some, null));
    DownloadReport report = DownloadEngine.from(client, source).download(DownloadFolder.at(folder));
    if (!report.problems().isEmpty()) {
      DownloadOutcome first = report.problems().getFirst();
      throw new CliException(first.path() + ": " + first.reason());
    }
    journal.check(Check.equal("files fetched back", (long) some.size(), report.total().files()));
  }

  List<FileEntry> manifest(Version version) {
    try (ManifestLines manifest = versions.manifest(version.version())) {
      return manifest.files().toList();
    }
  }

  private static Map<String, String> uploaded(UploadReport report) {
    return report.present().stream()
        .collect(
            Collectors.toMap(
                outcome -> outcome.file().path(),
                UploadOutcome::sha256,
                (one, other) -> one,
                TreeMap::new));
  }

  private static Map<String, String> listed(List<FileEntry> files) {
    Function<FileEntry, String> path = FileEntry::path;
    return files.stream()
        .collect(Collectors.toMap(path, FileEntry::sha256, (one, other) -> one, TreeMap::new));
  }
}
