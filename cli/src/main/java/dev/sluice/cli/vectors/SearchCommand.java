package dev.sluice.cli.vectors;

import dev.sluice.cli.Context;
import dev.sluice.cli.ExitCode;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.SearchAnswer;
import dev.sluice.client.SearchHit;
import dev.sluice.client.SearchRequest;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A question in plain words. */
@Command(
    name = "search",
    description = "Ask a dataset a question in plain words.",
    footer = {
      "",
      "Examples:",
      "  sluice search notes-chunks \"how do we release?\"",
      "  sluice search notes-chunks \"who decides?\" --version-name v2 --limit 3 -o json"
    })
public final class SearchCommand implements Callable<Integer> {

  private static final int TEXT_WIDTH = 92;

  private final Context context;

  @Parameters(index = "0", paramLabel = "DATASET", description = "One with a recipe.")
  private String dataset = "";

  @Parameters(index = "1", paramLabel = "QUESTION")
  private String question = "";

  @Option(names = "--version-name", paramLabel = "VERSION", defaultValue = "latest")
  private String version = "latest";

  @Option(names = "--limit", defaultValue = "5", description = "1 to 100 (default: 5).")
  private int limit = 5;

  /** Needs no more than the context. */
  public SearchCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    SearchRequest request = new SearchRequest(context.project(), dataset, version, question, limit);
    SearchAnswer answer = context.client().vectors().search(request);
    if (context.output().json()) {
      context.output().printJson(answer);
    } else {
      answer.hits().forEach(hit -> context.output().print(text(hit)));
      context.output().say(answer.hits().size() + " hits, " + Math.round(answer.tookMs()) + " ms");
    }
    return ExitCode.OK;
  }

  static String text(SearchHit hit) {
    String head = String.format(Locale.ROOT, "%.3f  ", hit.score());
    String place = hit.path() + "  (" + hit.dataset() + "@" + hit.version() + ")";
    return head + place + "\n       " + Texts.shorten(hit.text(), TEXT_WIDTH) + "\n";
  }
}
