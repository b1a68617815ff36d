package dev.sluice.cli.catalog;

import dev.sluice.cli.Context;
import dev.sluice.client.AliasClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What aliases and tags have in common: both are names of versions. */
abstract class NameCommand {
  static final String WHY = "Why; kept in the audit.";

  private final Context context;
  private final String kind;

  /**
   * Needs no more than the context.
   *
   * @param kind alias or tag
   */
  NameCommand(Context context, String kind) {
    this.context = context;
    this.kind = kind;
  }

  final Context context() {
    return context;
  }

  /** Names of this kind. */
  abstract AliasClient names(String dataset);

  @Command(description = "Those of a dataset.")
  void list(@Parameters(paramLabel = "DATASET") String dataset) {
    context.output().list(names(dataset).list().toList(), NameColumns.LIST);
  }

  @Command(description = "Take one away; its history stays.")
  void remove(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", description = WHY) @Nullable String reason) {
    names(dataset).remove(name, reason);
    context.output().say(dataset + "@" + name + " is no " + kind + " any more.");
  }

  @Command(description = "Where one pointed, newest first.")
  void history(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "NAME") String name) {
    context.output().list(names(dataset).history(name).toList(), NameColumns.MOVES);
  }
}
