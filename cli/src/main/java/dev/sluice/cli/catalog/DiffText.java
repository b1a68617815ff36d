package dev.sluice.cli.catalog;

import dev.sluice.cli.output.Output;
import dev.sluice.client.Diff;
import dev.sluice.client.VersionClient;

/** Differences as people read them: a letter and a path. */
final class DiffText {
  private final Output output;

  DiffText(Output output) {
    this.output = output;
  }

  void print(VersionClient versions, String from, String to) {
    Diff page = versions.diff(from, to, null);
    Diff.Summary all = page.summary();
    while (true) {
      page.items().forEach(this::print);
      String cursor = page.nextCursor();
      if (cursor == null) {
        break;
      }
      page = versions.diff(from, to, cursor);
    }
    output.say(
        "%d added, %d removed, %d changed, %d moved."
            .formatted(all.added(), all.removed(), all.changed(), all.moved()));
  }

  private void print(Diff.Line line) {
    if (output.json()) {
      output.printJson(line);
    } else {
      output.print(text(line) + "\n");
    }
  }

  private static String text(Diff.Line line) {
    String letter =
        switch (line.change()) {
          case "added" -> "A";
          case "removed" -> "D";
          case "changed" -> "M";
          default -> "R";
        };
    String before = line.movedFrom() == null ? "" : line.movedFrom() + " -> ";
    return letter + " " + before + line.path();
  }
}
