package dev.sluice.cli.catalog;

import dev.sluice.cli.Context;
import dev.sluice.client.AliasClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tags: names of versions that stay. */
@Command(
    name = "tag",
    description = "Mark versions with names that stay.",
    footer = {
      "",
      "A tag names a version wherever one is named: notes@paper. It moves only with",
      "--move; for names that are meant to move see 'sluice alias'.",
      "",
      "Examples:",
      "  sluice tag set notes paper v3 --reason \"submitted\"",
      "  sluice tag list notes"
    })
public final class TagCommand extends NameCommand {

  /** Needs no more than the context. */
  public TagCommand(Context context) {
    super(context, "tag");
  }

  @Command(description = "Mark a version.")
  void set(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "VERSION") String version,
      @Option(names = "--move", description = "Also when it marks another version.") boolean move,
      @Option(names = "--reason", description = WHY) @Nullable String reason) {
    AliasClient tags = names(dataset);
    context()
        .output()
        .one(
            move ? tags.move(name, version, reason) : tags.put(name, version, null, reason),
            NameColumns.LIST);
  }

  @Override
  AliasClient names(String dataset) {
    return context().client().tags(context().project(), dataset);
  }
}
