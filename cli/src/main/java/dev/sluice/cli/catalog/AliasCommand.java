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
public final class AliasCommand extends NameCommand {

  /** Needs no more than the context. */
  public AliasCommand(Context context) {
    super(context, "alias");
  }

  @Command(description = "Point an alias at a version.")
  void set(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "VERSION") String version,
      @Option(names = "--expect", paramLabel = "VERSION", description = "Where it must point now.")
          @Nullable String expected,
      @Option(names = "--reason", description = WHY) @Nullable String reason) {
    AliasClient aliases = names(dataset);
    String now = expected == null ? now(aliases, name) : expected;
    context().output().one(aliases.put(name, version, now, reason), NameColumns.LIST);
  }

  private static @Nullable String now(AliasClient aliases, String name) {
    return aliases
        .list()
        .filter(alias -> alias.name().equals(name))
        .map(Alias::version)
        .findFirst()
        .orElse(null);
  }

  @Override
  AliasClient names(String dataset) {
    return context().client().aliases(context().project(), dataset);
  }
}
