package dev.sluice.cli.catalog;

import dev.sluice.cli.Context;
import dev.sluice.cli.ExitCode;
import dev.sluice.cli.catalog.VersionProof.Fault;
import dev.sluice.cli.catalog.VersionProof.Proof;
import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.EditCounts;
import dev.sluice.client.FileEntry;
import dev.sluice.client.FileHistory;
import dev.sluice.client.Lineage;
import dev.sluice.client.ManifestLines;
import dev.sluice.client.Merged;
import dev.sluice.client.Restored;
import dev.sluice.client.SealRequest;
import dev.sluice.client.Statistics;
import dev.sluice.client.Version;
import dev.sluice.client.VersionClient;
import dev.sluice.client.VersionIndex;
import java.nio.file.Path;
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
      "  sluice version manifest notes v1 > manifest.ndjson",
      "  sluice version diff notes@v1 v2",
      "  sluice version verify notes@v3 --deep"
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

  private static final List<Column<EditCounts>> EDITED =
      List.of(
          Column.of("Put", counts -> Texts.count(counts.put())),
          Column.of("Removed", counts -> Texts.count(counts.removed())),
          Column.of("Moved", counts -> Texts.count(counts.moved())),
          Column.of("Files", counts -> Texts.count(counts.files())),
          Column.of("Bytes", counts -> Texts.bytes(counts.bytes())));

  private static final List<Column<Merged>> MERGED =
      List.of(
          Column.of("Both began with", Merged::base),
          Column.of("Taken", merged -> Texts.count(merged.taken())),
          Column.of("Resolved", merged -> Texts.count(merged.resolved())),
          Column.of("Files", merged -> Texts.count(merged.files())));

  private static final List<Column<Restored>> RESTORED =
      List.of(
          Column.of("Changed", restored -> Texts.count(restored.changed())),
          Column.of("Files", restored -> Texts.count(restored.files())));

  private static final List<Column<FileHistory.Step>> STEPS =
      List.of(
          Column.of("VERSION", FileHistory.Step::version),
          Column.of("CHANGE", FileHistory.Step::change),
          Column.number("BYTES", FileHistory.Step::size),
          Column.of("SHA-256", FileHistory.Step::sha256));

  private static final List<Column<Statistics>> STATISTICS =
      List.of(
          Column.of("Version", Statistics::version),
          Column.of("Files", statistics -> Texts.count(statistics.files())),
          Column.of("Bytes", statistics -> Texts.bytes(statistics.bytes())),
          Column.of("Rows", Statistics::rows),
          Column.of("Media types", Statistics::mediaTypes),
          Column.of("Duplicates", Statistics::duplicates));

  private static final List<Column<Proof>> PROOF =
      List.of(
          Column.of("Promised", Proof::promised),
          Column.of("Reckoned", Proof::reckoned),
          Column.of("Files read", Proof::files),
          Column.of("Holds", Proof::holds));

  private static final List<Column<Fault>> FAULTS =
      List.of(Column.of("PATH", Fault::path), Column.of("FAULT", Fault::fault));

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

  @Command(description = "What differs from one version to another.")
  void diff(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "FROM", description = "v1, or dataset@v1.") String from,
      @Parameters(paramLabel = "TO", arity = "0..1", defaultValue = "latest") String to) {
    new DiffText(context.output()).print(versions(dataset), from, to);
  }

  @Command(description = "Do a file of edits to a draft (docs/catalog.md), all or nothing.")
  void edit(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version,
      @Parameters(paramLabel = "FILE", description = "A JSON object per line.") Path lines) {
    context.output().one(versions(dataset).edit(version, lines), EDITED);
  }

  @Command(description = "Bring into a draft what another version did.")
  void merge(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version,
      @Parameters(paramLabel = "FROM") String from,
      @Option(
              names = "--take",
              paramLabel = "SIDE",
              description = "ours or theirs, where both changed a file.")
          @Nullable String side) {
    context.output().one(versions(dataset).merge(version, from, side), MERGED);
  }

  @Command(description = "Give paths of a draft what another version has there.")
  void restore(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version,
      @Parameters(paramLabel = "FROM", description = "v1, or dataset@v1.") String from,
      @Parameters(paramLabel = "PATH", arity = "0..*") @Nullable List<String> paths,
      @Option(names = "--prefix", description = "All paths that start with it.")
          @Nullable String prefix) {
    Restored restored =
        prefix == null
            ? versions(dataset).restore(version, from, paths == null ? List.of() : paths)
            : versions(dataset).restorePrefix(version, from, prefix);
    context.output().one(restored, RESTORED);
  }

  @Command(description = "Make a new sealed version with the files of an earlier one.")
  void rollback(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String to) {
    context.output().one(versions(dataset).rollback(to), PROPERTIES);
  }

  @Command(name = "clone", description = "Make a new dataset with the files of a version.")
  void copy(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version,
      @Parameters(paramLabel = "NAME") String name) {
    context.output().one(versions(dataset).copy(version, name), PROPERTIES);
  }

  @Command(description = "In which versions a path was added, changed or removed.")
  void history(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version,
      @Parameters(paramLabel = "PATH") String path) {
    context.output().list(versions(dataset).history(version, path).steps(), STEPS);
  }

  @Command(description = "A version in figures.")
  void stats(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version) {
    context.output().one(versions(dataset).statistics(version), STATISTICS);
  }

  @Command(description = "Prove that a sealed version is what its digest says.")
  int verify(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version,
      @Option(names = "--deep", description = "Read every byte again.") boolean deep)
      throws InterruptedException {
    Proof proof = new VersionProof(context.client(), versions(dataset), version).prove(deep);
    context.output().one(proof, PROOF);
    if (!proof.faults().isEmpty() && !context.output().json()) {
      context.output().list(proof.faults(), FAULTS);
    }
    return proof.holds() ? ExitCode.OK : ExitCode.FAILED;
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
