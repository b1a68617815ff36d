package dev.sluice.bench.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.bench.Figure;
import dev.sluice.bench.FigureSink;
import dev.sluice.bench.Leg;
import dev.sluice.bench.Settings;
import dev.sluice.local.state.Installation;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Seconds of each step of the demo; it has no peer, since no other product does all of it. */
public final class MainJobLeg implements Leg {
  @Override
  public String name() {
    return "main-job";
  }

  @Override
  public void run(Settings settings, FigureSink sink) throws Exception {
    sink.say("main-job: running the demo");
    JsonNode report = demo();
    if (!report.path("holds").asBoolean()) {
      throw new IllegalStateException("the demo's result is not what was put in: " + report);
    }
    double total = 0;
    for (JsonNode step : report.get("steps")) {
      double seconds = step.get("seconds").asDouble();
      total += seconds;
      String title = step.get("step").asInt() + " " + step.get("title").asText();
      sink.figure(Figure.alone(name(), title, "s", seconds));
    }
    sink.figure(Figure.alone(name(), "all steps", "s", total));
    for (Map.Entry<String, JsonNode> figure : report.get("figures").properties()) {
      if (figure.getValue().isNumber()) {
        double value = figure.getValue().asDouble();
        sink.figure(Figure.alone(name(), "figure " + figure.getKey(), "as named", value));
      }
    }
  }

  private static JsonNode demo() throws IOException, InterruptedException {
    String script = Installation.locate().root().resolve("sluice").toString();
    Process process =
        new ProcessBuilder(List.of(script, "demo", "-o", "json"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] printed = process.getInputStream().readAllBytes();
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException("the demo ended with exit code " + exitCode);
    }
    return new ObjectMapper().readTree(printed);
  }
}
