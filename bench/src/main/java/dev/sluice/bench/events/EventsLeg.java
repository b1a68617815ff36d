package dev.sluice.bench.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bench.Comparison;
import dev.sluice.bench.Figure;
import dev.sluice.bench.FigureSink;
import dev.sluice.bench.Goal;
import dev.sluice.bench.Leg;
import dev.sluice.bench.Pairs;
import dev.sluice.bench.Pairs.Sample;
import dev.sluice.bench.Settings;
import dev.sluice.bench.Statistics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Latency from commit to effect, commits lost to the outbox, and events a partition carries; see
 * {@code docs/benchmarks/README.md} for what each peer does.
 */
public final class EventsLeg implements Leg {
  private static final List<Integer> RATES = List.of(100, 500);
  private static final List<Integer> CLIENTS = List.of(1, 8);
  private static final int RUN_SECONDS = 3;
  private static final int COMMIT_MILLIS = 3_000;
  private static final int FLOOD = 30_000;
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public String name() {
    return "events";
  }

  @Override
  public void run(Settings settings, FigureSink sink) throws Exception {
    sink.say("events: starting PostgreSQL, Kafka and the harness");
    try (Servers servers = Servers.start(settings.data())) {
      Harness harness = servers.harness();
      for (int rate : RATES) {
        latency(harness, settings, sink, rate);
      }
      for (int clients : CLIENTS) {
        commits(harness, settings, sink, clients);
      }
      flood(harness, settings, sink);
    }
  }

  private void latency(Harness harness, Settings settings, FigureSink sink, int rate)
      throws Exception {
    int count = settings.scaled(rate * RUN_SECONDS, rate);
    sink.say("events: latency at " + rate + "/s beside a bare send");
    Pairs bare =
        Pairs.run(
            settings,
            () -> latencyRun(harness, "OUTBOX", rate, count),
            () -> latencyRun(harness, "BARE", rate, count));
    sink.figure(millis(rate, "p50", "bare-send", bare.by("p50")).with(Goal.oursAtMost(5)));
    sink.figure(millis(rate, "p50 ratio", "bare-send", bare.by("p50")).with(Goal.ratioAtMost(1.5)));
    sink.figure(millis(rate, "p99", "bare-send", bare.by("p99")).with(Goal.oursAtMost(25)));
    sink.say("events: latency at " + rate + "/s beside save-then-send");
    Pairs unsafe =
        Pairs.run(
            settings,
            () -> latencyRun(harness, "OUTBOX", rate, count),
            () -> latencyRun(harness, "SAVE_THEN_SEND", rate, count));
    sink.figure(millis(rate, "p50 of both", "save-then-send", unsafe.by("p50")));
    sink.figure(millis(rate, "p99 of both", "save-then-send", unsafe.by("p99")));
  }

  private Figure millis(int rate, String what, String peer, Comparison measured) {
    return Figure.beside(name(), "commit-to-effect " + rate + "/s " + what, "ms", peer, measured);
  }

  private static Sample latencyRun(Harness harness, String lane, int rate, int count)
      throws IOException {
    JsonNode result = harness.ask("latency?lane=%s&rate=%d&count=%d".formatted(lane, rate, count));
    List<Double> millis =
        StreamSupport.stream(result.get("nanos").spliterator(), false)
            .map(nanos -> nanos.asLong() / NANOS_PER_MILLI)
            .toList();
    return new Sample(
        Map.of("p50", Statistics.median(millis), "p99", Statistics.percentile(millis, 0.99)),
        result.get("said").asText(),
        result.get("heard").asText());
  }

  private void commits(Harness harness, Settings settings, FigureSink sink, int clients)
      throws Exception {
    sink.say("events: commits of " + clients + " clients with and without the outbox");
    int millis = settings.scaled(COMMIT_MILLIS, 500);
    Pairs pairs =
        Pairs.run(
            settings,
            () -> commitRun(harness, true, clients, millis),
            () -> commitRun(harness, false, clients, millis));
    sink.figure(
        Figure.beside(
                name(),
                "commits, " + clients + (clients == 1 ? " client" : " clients"),
                "commits/s",
                "no-outbox",
                pairs.by("rate"))
            .with(Goal.ratioAtLeast(0.95)));
  }

  private static Sample commitRun(Harness harness, boolean facts, int clients, int millis)
      throws IOException {
    JsonNode result =
        harness.ask("commits?facts=%s&clients=%d&millis=%d".formatted(facts, clients, millis));
    return Sample.of("rate", result.get("perSecond").asDouble());
  }

  private void flood(Harness harness, Settings settings, FigureSink sink) throws Exception {
    int count = settings.scaled(FLOOD, 1_000);
    for (String way : List.of("BATCH", "EACH")) {
      boolean batch = way.equals("BATCH");
      sink.say("events: exactly-once consumption, effects " + (batch ? "together" : "one by one"));
      Pairs pairs =
          Pairs.run(
              settings,
              () -> floodRun(harness, way, count),
              () -> floodRun(harness, "PLAIN", count));
      sink.figure(
          Figure.beside(
                  name(),
                  batch ? "exactly-once, batch handler" : "exactly-once, handler per event",
                  "events/s",
                  "at-least-once",
                  pairs.by("rate"))
              .with(Goal.oursAtLeast(10_000)));
    }
  }

  private static Sample floodRun(Harness harness, String way, int count) throws IOException {
    JsonNode result = harness.ask("flood?way=%s&count=%d".formatted(way, count));
    return new Sample(
        Map.of("rate", result.get("perSecond").asDouble()),
        result.get("said").asText(),
        result.get("effects").asText());
  }
}
