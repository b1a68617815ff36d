package dev.sluice.cli.catalog;

import dev.sluice.cli.Context;
import dev.sluice.cli.ExitCode;
import dev.sluice.cli.catalog.VersionProof.Proof;
import dev.sluice.client.FileFilter;
import dev.sluice.client.Lineage;
import dev.sluice.client.ManifestLines;
import dev.sluice.client.Restored;
import dev.sluice.client.SealRequest;
import dev.sluice.client.VersionClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
      "  sluice version withdraw notes@v1 --reason \"wrong labels\"",
      "  sluice version diff notes@v1 v2",
      "  sluice version verify notes@v3"
    })
public final class VersionCommand {

  private static final String WHY = "Why; kept in the audit.";

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
    context.output().one(versions(dataset).create(from), VersionColumns.ONE);
  }

  @Command(description = "All versions of a dataset.")
  void list(@Parameters(paramLabel = "DATASET") String dataset) {
    context.output().list(versions(dataset).list().toList(), VersionColumns.LIST);
  }

  @Command(description = "One version.")
  void show(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version) {
    context.output().one(versions(dataset).get(version), VersionColumns.ONE);
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
      @Option(names = "--digest", description = "The digest it must have.") @Nullable String digest,
      @Option(names = "--reason", description = WHY) @Nullable String reason) {
    Seal seal = new Seal(versions(dataset), Duration.ofMinutes(5), context.output()::say);
    context
        .output()
        .one(seal.of(version, new SealRequest(files, digest, reason)), VersionColumns.ONE);
  }

  @Command(description = "Give up a draft with all its files.")
  void drop(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version,
      @Option(names = "--reason", description = WHY) @Nullable String reason) {
    versions(dataset).drop(version, reason);
    context.output().say("Dropped " + dataset + "@" + version + ".");
  }

  @Command(description = "Recommend a sealed version.")
  void release(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version,
      @Option(names = "--reason", description = WHY) @Nullable String reason) {
    context.output().one(versions(dataset).release(version, reason), VersionColumns.ONE);
  }

  @Command(description = "Take a version out of use.")
  void withdraw(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version,
      @Option(names = "--reason", description = WHY) @Nullable String reason,
      @Option(names = "--force", description = "Also when an alias points at it.") boolean force) {
    context.output().one(versions(dataset).withdraw(version, reason, force), VersionColumns.ONE);
  }

  @Command(description = "The files of a version.")
  void files(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version,
      @Option(names = "--prefix", description = "Only paths that start with it.")
          @Nullable String prefix,
      @Option(names = "--glob", description = "Only paths that match, such as 'img/**/*.png'.")
          @Nullable String glob,
      @Option(names = "--media-type", description = "Only of this type, such as image/*.")
          @Nullable String mediaType) {
    FileFilter filter = new FileFilter(prefix, glob, mediaType);
    context.output().list(versions(dataset).files(version, filter).toList(), VersionColumns.FILES);
  }

  @Command(description = "The manifest as it is stored: a line of JSON for each file.")
  void manifest(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version) {
    try (ManifestLines manifest = versions(dataset).manifest(version)) {
      manifest.lines().forEach(line -> context.output().print(line + "\n"));
    }
  }

  @Command(description = "What the version was made from, and by what; or what became of it.")
  void lineage(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version,
      @Option(names = "--direction", description = "up (the default), down or both.")
          @Nullable String direction,
      @Option(names = "--depth", paramLabel = "N", description = "So many steps at most.")
          @Nullable Integer depth) {
    Lineage lineage = versions(dataset).lineage(version, direction, depth);
    if (context.output().json()) {
      context.output().printJson(lineage);
    } else {
      LineageText.lines(lineage).forEach(line -> context.output().print(line + "\n"));
    }
  }

  @Command(description = "A sealed version as Croissant 1.1 (JSON-LD).")
  void croissant(
      @Parameters(paramLabel = "DATASET", description = "wiki, or wiki@v3.") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1") @Nullable String version) {
    int at = dataset.indexOf('@');
    String named = at < 0 ? "latest" : dataset.substring(at + 1);
    String name = at < 0 ? dataset : dataset.substring(0, at);
    context
        .output()
        .printJson(versions(name).croissant(Objects.requireNonNullElse(version, named)));
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
    context.output().one(versions(dataset).edit(version, lines), VersionColumns.EDITED);
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
    context.output().one(versions(dataset).merge(version, from, side), VersionColumns.MERGED);
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
    context.output().one(restored, VersionColumns.RESTORED);
  }

  @Command(description = "Make a new sealed version with the files of an earlier one.")
  void rollback(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String to) {
    context.output().one(versions(dataset).rollback(to), VersionColumns.ONE);
  }

  @Command(name = "clone", description = "Make a new dataset with the files of a version.")
  void copy(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version,
      @Parameters(paramLabel = "NAME") String name) {
    context.output().one(versions(dataset).copy(version, name), VersionColumns.ONE);
  }

  @Command(description = "In which versions a path was added, changed or removed.")
  void history(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version,
      @Parameters(paramLabel = "PATH") String path) {
    context.output().list(versions(dataset).history(version, path).steps(), VersionColumns.STEPS);
  }

  @Command(description = "A version in figures.")
  void stats(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version) {
    context.output().one(versions(dataset).statistics(version), VersionColumns.STATISTICS);
  }

  @Command(description = "Read a sealed version again and prove that it is what its digest says.")
  int verify(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1", defaultValue = "latest") String version,
      @Option(
              names = "--manifest-only",
              description = "Reckon the digest of the manifest; read no object.")
          boolean manifestOnly)
      throws InterruptedException {
    VersionProof of = new VersionProof(context.client(), versions(dataset), version);
    Proof proof = manifestOnly ? of.manifest() : of.bytes();
    context.output().one(proof, VersionColumns.PROOF);
    if (!proof.faults().isEmpty() && !context.output().json()) {
      context.output().list(proof.faults(), VersionColumns.FAULTS);
    }
    return proof.holds() ? ExitCode.OK : ExitCode.FAILED;
  }

  private VersionClient versions(String dataset) {
    return context.client().versions(context.project(), dataset);
  }
}
