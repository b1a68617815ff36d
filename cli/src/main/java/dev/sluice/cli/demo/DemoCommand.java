package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.CliException;
import dev.sluice.cli.Context;
import dev.sluice.cli.ExitCode;
import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.Json;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job of Sluice once, on real servers. */
@Command(
    name = "demo",
    description = "Show the whole way once, from a folder of files to answers.",
    footer = {
      "",
      "Starts the local stack when it is not running and leaves it running. Every",
      "result is compared with what was put in; the exit code is 1 when anything",
      "differs. Run again, it makes the next versions of the same datasets.",
      "",
      "Examples:",
      "  sluice demo",
      "  sluice demo -o json > figures.json"
    })
public final class DemoCommand implements Callable<Integer> {

  private final Context context;

  @Option(
      names = "--samples",
      paramLabel = "FOLDER",
      description = "Documents to use instead of samples/docs.")
  private @Nullable Path samples;

  /** Needs no more than the context. */
  public DemoCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Journal journal = new Journal(context.output());
    if (!context.namesApi()) {
      // Also when it runs: services that were built anew since then start again.
      context.output().say("Starting what is missing of the stack …");
      context.stack().up();
    }
    Path folder = context.stack().folder();
    Corpus corpus = Corpus.prepare(samples == null ? shipped() : samples, folder);
    try (SluiceClient client = context.newClient(RetryPolicy.STANDARD)) {
      new Demo(client, journal, context.project(), kafka()).run(corpus, caller(), folder);
    }
    return print(journal.report());
  }

  private int print(DemoReport report) {
    if (context.output().json()) {
      context.output().printJson(report);
    } else {
      printTables(report);
    }
    long broken = report.checks().stream().filter(check -> !check.holds()).count();
    context
        .output()
        .say(
            broken == 0
                ? "\nAll " + report.checks().size() + " comparisons hold."
                : "\n" + broken + " of " + report.checks().size() + " comparisons do NOT hold.");
    return report.holds() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void printTables(DemoReport report) {
    context.output().print("\n");
    context
        .output()
        .list(
            report.steps(),
            List.of(
                Column.number("STEP", DemoReport.StepTime::step),
                Column.of("WHAT", DemoReport.StepTime::title),
                Column.number(
                    "SECONDS", time -> String.format(Locale.ROOT, "%.2f", time.seconds()))));
    context.output().print("\n");
    context
        .output()
        .list(
            List.copyOf(report.figures().entrySet()),
            List.of(
                Column.of("FIGURE", Map.Entry<String, Object>::getKey),
                Column.number("VALUE", DemoCommand::value)));
    context.output().print(whereToLook(report));
  }

  private static Object value(Map.Entry<String, Object> figure) {
    Object value = figure.getValue();
    return switch (value) {
      case Long number when figure.getKey().toLowerCase(Locale.ROOT).contains("bytes") ->
          Texts.bytes(number);
      case Number number -> Texts.count(number.longValue());
      default -> value;
    };
  }

  private static String whereToLook(DemoReport report) {
    return "\nWhere to look next:\n"
        + "  sluice search "
        + Demo.OUTPUT
        + " \"your own question\"\n"
        + "  sluice version lineage "
        + Demo.OUTPUT
        + "\n"
        + "  sluice job logs "
        + report.figures().get("run")
        + "\n"
        + "  sluice status, sluice env, sluice down\n";
  }

  private Optional<String> kafka() {
    try {
      return Optional.of(context.setting(null, "KAFKA_BOOTSTRAP_SERVERS"));
    } catch (CliException e) {
      return Optional.empty();
    }
  }

  /** Who the token says we are; the service has checked it, here it is only compared. */
  private String caller() throws IOException {
    String[] token = context.token().split("\\.", -1);
    if (token.length != 3) {
      throw new CliException("the token is no JWT");
    }
    JsonNode claims = Json.mapper().readTree(Base64.getUrlDecoder().decode(token[1]));
    for (String claim : List.of("upn", "preferred_username", "sub")) {
      if (claims.hasNonNull(claim)) {
        return claims.path(claim).asText();
      }
    }
    throw new CliException("the token names nobody");
  }

  private static Path shipped() {
    return Path.of(System.getProperty("sluice.root", "."), "samples", "docs");
  }
}
