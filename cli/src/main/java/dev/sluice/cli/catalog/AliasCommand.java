package dev.sluice.cli.catalog;

import dev.sluice.cli.Context;
import dev.sluice.client.Alias;
import dev.sluice.client.AliasClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Aliases: names of versions that move. */
@Command(
    name = "alias",
    description = "Let names such as prod point at versions.",
    footer = {
      "",
      "An alias moves at once for everybody, and only from where you believe it is:",
      "from what it points at now, or from what --expect says. It names a version",
      "wherever one is named: notes@prod.",
      "",
      "Examples:",
      "  sluice alias set notes prod v3 --reason \"evaluated\"",
      "  sluice alias set notes prod v4 --expect v3",
      "  sluice alias history notes prod"
    })
public final class AliasCommand {
  private static final String WHY = "Why; kept in the audit.";

  private final Context context;

  /** Needs no more than the context. */
  public AliasCommand(Context context) {
    this.context = context;
  }

  @Command(description = "Point an alias at a version.")
  void set(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "VERSION") String version,
      @Option(names = "--expect", paramLabel = "VERSION", description = "Where it must point now.")
          @Nullable String expected,
      @Option(names = "--reason", description = WHY) @Nullable String reason) {
    AliasClient aliases = aliases(dataset);
    String now = expected == null ? now(aliases, name) : expected;
    context.output().one(aliases.put(name, version, now, reason), NameColumns.LIST);
  }

  private static @Nullable String now(AliasClient aliases, String name) {
    return aliases
        .list()
        .filter(alias -> alias.name().equals(name))
        .map(Alias::version)
        .findFirst()
        .orElse(null);
  }

  @Command(description = "The aliases of a dataset.")
  void list(@Parameters(paramLabel = "DATASET") String dataset) {
    context.output().list(aliases(dataset).list().toList(), NameColumns.LIST);
  }

  @Command(description = "Take an alias away; its history stays.")
  void remove(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", description = WHY) @Nullable String reason) {
    aliases(dataset).remove(name, reason);
    context.output().say(dataset + "@" + name + " is no alias any more.");
  }

  @Command(description = "Where an alias pointed, newest first.")
  void history(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "NAME") String name) {
    context.output().list(aliases(dataset).history(name).toList(), NameColumns.MOVES);
  }

  private AliasClient aliases(String dataset) {
    return context.client().aliases(context.project(), dataset);
  }
}
