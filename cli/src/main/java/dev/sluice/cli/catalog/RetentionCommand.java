package dev.sluice.cli.catalog;

import dev.sluice.cli.CliException;
import dev.sluice.cli.Context;
import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.DatasetClient;
import dev.sluice.client.RetentionPlan;
import dev.sluice.client.RetentionRule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rules that say which versions of a dataset are kept. */
@Command(
    name = "retention",
    description = "Say which versions of a dataset are kept.",
    footer = {
      "",
      "A version is kept when either number keeps it. The newest, what an alias or a",
      "tag points at, and what an open draft needs stay in any case, released ones",
      "unless --also-released is given. Others are withdrawn, and purged days later.",
      "",
      "Examples:",
      "  sluice retention plan notes --keep-last 10 --keep-days 90",
      "  sluice retention set notes --keep-last 10 --keep-days 90 --reason \"the disk\"",
      "  sluice retention show notes",
      "  sluice retention remove notes"
    })
public final class RetentionCommand {
  private static final String WHY = "Why; kept in the audit.";

  private static final List<Column<RetentionRule>> RULE =
      List.of(
          Column.of("Keep last", RetentionRule::keepLast),
          Column.of("Keep days", RetentionRule::keepDays),
          Column.of("Keep released", RetentionRule::keepReleased));

  private static final List<Column<RetentionPlan.Verdict>> PLAN =
      List.of(
          Column.of("VERSION", RetentionPlan.Verdict::version),
          Column.of("STATE", RetentionPlan.Verdict::state),
          Column.of("FILES", v -> Texts.count(v.files())),
          Column.of("SIZE", v -> Texts.bytes(v.bytes())),
          Column.of("STEP", RetentionPlan.Verdict::step),
          Column.of("WHY", RetentionPlan.Verdict::why));

  private final Context context;

  /** Needs no more than the context. */
  public RetentionCommand(Context context) {
    this.context = context;
  }

  @Command(description = "The rule of a dataset.")
  void show(@Parameters(paramLabel = "DATASET") String dataset) {
    context.output().one(datasets().retention(dataset), RULE);
  }

  @Command(description = "Keep by this rule from now on.")
  void set(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Mixin Numbers numbers,
      @Option(names = "--reason", description = WHY) @Nullable String reason) {
    RetentionRule rule = numbers.rule();
    if (rule == null) {
      throw new CliException("say --keep-last, --keep-days or both");
    }
    context.output().one(datasets().keep(dataset, rule, reason), RULE);
  }

  @Command(description = "Keep all versions from now on.")
  void remove(
      @Parameters(paramLabel = "DATASET") String dataset,
      @Option(names = "--reason", description = WHY) @Nullable String reason) {
    datasets().keepAll(dataset, reason);
    context.output().say("All versions of " + dataset + " are kept.");
  }

  @Command(description = "What the rule, or another one, would do now; nothing is done.")
  void plan(@Parameters(paramLabel = "DATASET") String dataset, @Mixin Numbers numbers) {
    context.output().list(datasets().retentionPlan(dataset, numbers.rule()).versions(), PLAN);
  }

  private DatasetClient datasets() {
    return context.client().datasets(context.project());
  }

  /** The numbers of a rule, shared by set and plan. */
  static final class Numbers {
    @Option(names = "--keep-last", paramLabel = "N", description = "So many of the newest.")
    private @Nullable Integer last;

    @Option(names = "--keep-days", paramLabel = "N", description = "Those of the last N days.")
    private @Nullable Integer days;

    @Option(names = "--also-released", description = "Released ones are not kept for that alone.")
    private boolean alsoReleased;

    /** Null when neither number was given. */
    @Nullable RetentionRule rule() {
      return last == null && days == null ? null : new RetentionRule(last, days, !alsoReleased);
    }
  }
}
