package dev.sluice.cli.catalog;

import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.FileEntry;
import dev.sluice.client.Lineage;
import dev.sluice.client.ManifestLines;
import dev.sluice.client.SealRequest;
import dev.sluice.client.Version;
import dev.sluice.client.VersionClient;
import dev.sluice.client.VersionIndex;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Versions: from draft to withdrawn, and what is in them. */
@Command(
    name = "version",
    description = "Open, seal, release and look into versions.",
    footer = {
      "",
      "draft -> sealed -> released -> withdrawn. A sealed version never changes: its",
      "digest says what is in it. 'latest' names the newest sealed one.",
      "",
      "Examples:",
      "  sluice version list notes",
      "  sluice version seal notes v1 --expect 40",
      "  sluice version files notes latest --prefix docs/",
      "  sluice version manifest notes v1 > manifest.ndjson"
    })
public final class VersionCommand {

  private static final List<Column<Version>> COLUMNS =
      List.of(
          Column.of("VERSION", Version::version),
          Column.of("STATE", Version::state),
          Column.number("FILES", version -> Texts.count(version.files())),
          Column.number("BYTES", version -> Texts.bytes(version.bytes())),
          Column.of("MADE BY", VersionCommand::madeBy),
          Column.of("INPUTS", Version::inputs),
          Column.number("POINTS", VersionCommand::points),
          Column.of("SEALED", Version::sealedAt));

  private static final List<Column<Version>> PROPERTIES =
      List.of(
          Column.of("Dataset", Version::dataset),
          Column.of("Version", Version::version),
          Column.of("State", Version::state),
          Column.of("Digest", Version::digest),
          Column.of("Files", version -> Texts.count(version.files())),
          Column.of("Bytes", version -> Texts.bytes(version.bytes())),
          Column.of("Made by", VersionCommand::madeBy),
          Column.of("Inputs", Version::inputs),
          Column.of("Inherited from", Version::inheritedFrom),
          Column.of("Indexed as", VersionCommand::indexes),
          Column.of("Created by", Version::createdBy),
          Column.of("Created", Version::createdAt),
          Column.of("Sealed", Version::sealedAt));

  private static final List<Column<FileEntry>> FILES =
      List.of(
          Column.of("PATH", FileEntry::path),
          Column.number("BYTES", file -> Texts.bytes(file.size())),
          Column.number("ROWS", FileEntry::rows),
          Column.of("TYPE", FileEntry::mediaType),
          Column.of("SHA-256", file -> Texts.shorten(file.sha256(), 13)));

  private final Context context;

  /** Needs no more than the context. */
  public VersionCommand(Context context) {
    this.context = context;
  }

  @Command(description = "Open a draft.")
  void create(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Option(names = "--from", paramLabel = "VERSION", description = "Start with its files.")
          @Nullable String from) {
    context.output().one(versions(dataset).create(from), PROPERTIES);
  }

  @Command(description = "All versions of a dataset.")
  void list(@Parameters(paramLabel = "DATASET") String dataset) {
    context.output().list(versions(dataset).list().toList(), COLUMNS);
  }

  @Command(description = "One version.")
  void show(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version) {
    context.output().one(versions(dataset).get(version), PROPERTIES);
  }

  @Command(description = "Make a draft final.")
  void seal(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version,
      @Option(
              names = "--expect",
              paramLabel = "FILES",
              required = true,
              description = "How many files must be in it; waits for those on their way.")
          long files,
      @Option(names = "--digest", description = "The digest it must have.")
          @Nullable String digest) {
    Seal seal = new Seal(versions(dataset), Duration.ofMinutes(5), context.output()::say);
    context.output().one(seal.of(version, new SealRequest(files, digest)), PROPERTIES);
  }

  @Command(description = "Give up a draft with all its files.")
  void drop(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version) {
    versions(dataset).drop(version);
    context.output().say("Dropped " + dataset + "@" + version + ".");
  }

  @Command(description = "Recommend a sealed version.")
  void release(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version) {
    context.output().one(versions(dataset).release(version), PROPERTIES);
  }

  @Command(description = "Take a version out of use.")
  void withdraw(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version) {
    context.output().one(versions(dataset).withdraw(version), PROPERTIES);
  }

  @Command(description = "The files of a version.")
  void files(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version,
      @Option(names = "--prefix", description = "Only paths that start with it.")
          @Nullable String prefix) {
    context.output().list(versions(dataset).files(version, prefix).toList(), FILES);
  }

  @Command(description = "The manifest as it is stored: a line of JSON for each file.")
  void manifest(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version) {
    try (ManifestLines manifest = versions(dataset).manifest(version)) {
      manifest.lines().forEach(line -> context.output().print(line + "\n"));
    }
  }

  @Command(description = "What the version was made from, and by what.")
  void lineage(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version) {
    Lineage lineage = versions(dataset).lineage(version);
    if (context.output().json()) {
      context.output().printJson(lineage);
    } else {
      LineageText.lines(lineage).forEach(line -> context.output().print(line + "\n"));
    }
  }

  private VersionClient versions(String dataset) {
    return context.client().versions(context.project(), dataset);
  }

  private static @Nullable Object madeBy(Version version) {
    var producedBy = version.producedBy();
    if (producedBy == null) {
      return null;
    }
    return producedBy.runId() == null
        ? producedBy.kind()
        : producedBy.kind() + " " + Texts.shorten(producedBy.runId(), 9);
  }

  private static @Nullable Object points(Version version) {
    return version.indexes().isEmpty() ? null : Texts.count(version.indexes().getLast().points());
  }

  private static Object indexes(Version version) {
    return version.indexes().stream().map(VersionCommand::index).toList();
  }

  private static String index(VersionIndex index) {
    return index.collection() + " (" + Texts.count(index.points()) + " points)";
  }
}
