package dev.sluice.cli.vectors;

import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.Index;
import dev.sluice.client.IndexRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The vectors of versions. */
@Command(
    name = "index",
    description = "See which versions are searchable, or make one so.",
    footer = {
      "",
      "Examples:",
      "  sluice index show notes-chunks",
      "  sluice index show notes-chunks v2",
      "  sluice index create notes-chunks v2"
    })
public final class IndexCommand {

  private static final List<Column<Index>> COLUMNS =
      List.of(
          Column.of("DATASET", Index::dataset),
          Column.of("VERSION", Index::version),
          Column.of("STATE", Index::state),
          Column.number("POINTS", index -> Texts.count(index.points())),
          Column.number("ROWS", index -> Texts.count(index.rows())),
          Column.of("COLLECTION", Index::collection),
          Column.of("REASON", Index::reason));

  private final Context context;

  /** Needs no more than the context. */
  public IndexCommand(Context context) {
    this.context = context;
  }

  @Command(description = "The indexes of a dataset, or of one version.")
  void show(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION", arity = "0..1") @Nullable String version) {
    var vectors = context.client().vectors();
    if (version == null) {
      context.output().list(vectors.indexes(context.project(), dataset).toList(), COLUMNS);
    } else {
      context.output().one(vectors.index(context.project(), dataset, version), COLUMNS);
    }
  }

  @Command(description = "Index a version now.")
  void create(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Parameters(paramLabel = "VERSION") String version) {
    IndexRequest request = new IndexRequest(context.project(), dataset, version);
    context.output().one(context.client().vectors().index(request), COLUMNS);
  }
}
