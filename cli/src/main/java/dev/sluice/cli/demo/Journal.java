package dev.sluice.cli.demo;

import dev.sluice.cli.output.Output;
import dev.sluice.cli.output.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Tells the steps of the demo as they happen and keeps times, figures and checks. */
final class Journal {

  private final Output output;
  private final List<DemoReport.StepTime> steps = new ArrayList<>();
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final List<Check> checks = new ArrayList<>();

  Journal(Output output) {
    this.output = output;
  }

  /** Does a step and keeps its time. */
  <T> T step(String title, Callable<T> work) throws Exception {
    int number = steps.size() + 1;
    output.say("");
    output.say(number + ". " + title);
    long begin = System.nanoTime();
    T result = work.call();
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    steps.add(new DemoReport.StepTime(number, title, time.toMillis() / 1000.0));
    say("done in " + Texts.seconds(time));
    return result;
  }

  void say(String text) {
    output.say("   " + text);
  }

  void figure(String name, Object value) {
    figures.put(name, value);
  }

  /** Keeps and tells a comparison. */
  void check(Check check) {
    checks.add(check);
    say(check.sentence());
  }

  Output output() {
    return output;
  }

  DemoReport report() {
    return new DemoReport(
        checks.stream().allMatch(Check::holds), steps, new LinkedHashMap<>(figures), checks);
  }
}
