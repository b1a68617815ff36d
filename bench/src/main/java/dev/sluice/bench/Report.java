package dev.sluice.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Prints figures as they come, JSON for programs and a table for people. */
final class Report implements FigureSink {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = "%-34s %10s %-9s %-22s %10s %7s %15s %-14s %s%n";

  private final PrintStream out;
  private final PrintStream err;
  private final Machine machine;
  private final List<Figure> figures = new ArrayList<>();

  Report(PrintStream out, PrintStream err, Machine machine) {
    this.out = out;
    this.err = err;
    this.machine = machine;
  }

  @Override
  public void figure(Figure figure) {
    figures.add(figure);
    out.println(line(figure));
    out.flush();
  }

  @Override
  public void say(String line) {
    err.println("· " + line);
  }

  /** The table of everything so far. */
  void table() {
    err.printf(ROW, "case", "ours", "unit", "peer", "peer's", "ratio", "95 %", "goal", "holds");
    for (Figure each : figures) {
      err.printf(
          ROW,
          each.leg() + " " + each.name(),
          text(each.ours()),
          each.unit(),
          text(each.peer()),
          text(each.peerValue()),
          text(each.ratio()),
          each.low() == null ? "" : each.low() + ".." + each.high(),
          text(each.goal()),
          each.holds() == null ? "" : each.holds() ? "yes" : "NO");
    }
  }

  /** Writes machine and figures of a leg into {@code <leg>-<date>.jsonl}. */
  Path save(Path folder, String leg, Settings settings) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            Map.of(
                "machine", machine,
                "pairs", settings.pairs(),
                "warmUps", settings.warmUps(),
                "scale", settings.scale(),
                "seed", settings.seed())));
    figures.stream().filter(f -> f.leg().equals(leg)).map(Report::line).forEach(lines::add);
    Files.createDirectories(folder);
    String day = machine.date().substring(0, "2026-01-01".length());
    return Files.write(folder.resolve(leg + "-" + day + ".jsonl"), lines);
  }

  private static String line(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return Objects.toString(value, "");
  }
}
