package dev.sluice.bench.ray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.bench.Figure;
import dev.sluice.bench.FigureSink;
import dev.sluice.bench.Goal;
import dev.sluice.bench.Pairs;
import dev.sluice.bench.Pairs.Sample;
import dev.sluice.bench.Settings;
import dev.sluice.bench.upload.OurStack;
import dev.sluice.bench.upload.Shell;
import dev.sluice.client.DataType;
import dev.sluice.client.NewDataset;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What a run costs beside the bare Jobs API: a program that does nothing, on the same head. */
final class NoopCase {
  static final String TITLE = "no-op program, submitted to succeeded";
  private static final String PROJECT = "noop";
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OurStack stack;
  private final RayJobs jobs;
  private final Path program;
  private final Path folder;
  private final SpecServer specs;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger runs = new AtomicInteger();

  private NoopCase(OurStack stack, RayJobs jobs, Path folder, SpecServer specs) throws IOException {
    this.stack = stack;
    this.jobs = jobs;
    this.folder = Files.createDirectories(folder);
    this.program = Scripts.write(folder, "noop.py");
    this.specs = specs;
  }

  static void run(Settings settings, FigureSink sink, Shell shell, SpecServer specs)
      throws Exception {
    sink.say("ray: starting a stack with a Ray head");
    try (OurStack stack = OurStack.withRay(settings.data().resolve("noop-stack"), Map.of(), shell);
        RayJobs jobs = RayJobs.of(stack.context())) {
      NoopCase noop = new NoopCase(stack, jobs, settings.data().resolve("noop"), specs);
      noop.prepare();
      sink.say("ray: " + TITLE + " beside the bare Jobs API");
      Pairs pairs = Pairs.run(settings, noop::ours, noop::bare);
      sink.figure(
          Figure.beside("ray", TITLE, "s", "Ray Jobs API", pairs.by("seconds"))
              .with(Goal.ratioAtMost(1.05)));
    }
  }

  private void prepare() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("one.txt"), "one");
    stack.client().projects().create(PROJECT, null);
    stack.client().datasets(PROJECT).create(NewDataset.named("source", DataType.TEXT));
    stack.sluice(PROJECT, "upload", "source", file.toString(), "--seal");
  }

  private Sample ours() throws IOException, InterruptedException {
    String manifest =
        """
        {"apiVersion": "core.oneblock.ai/v1alpha1", "kind": "DataSet",
         "metadata": {"name": "out-%d", "namespace": "%s"},
         "spec": {
           "source": {"type": "text", "url": "sluice://%s/source@v1"},
           "destination": {"type": "s3", "format": "parquet"},
           "entrypoint": "%s %s"}}
        """
            .formatted(runs.incrementAndGet(), PROJECT, PROJECT, jobs.python(), program);
    long begin = System.nanoTime();
    String id = asked("POST", "/api/v1/runs", manifest).path("id").asText();
    String state = "requested";
    while (!"succeeded".equals(state)) {
      LockSupport.parkNanos(LOOK_NANOS);
      JsonNode run = asked("GET", "/api/v1/runs/" + id, "");
      state = run.path("state").asText();
      if ("failed".equals(state)) {
        throw new IllegalStateException("the run failed: " + run);
      }
    }
    return Sample.of("seconds", (System.nanoTime() - begin) / NANOS_PER_SECOND);
  }

  private JsonNode asked(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.api() + path))
            .header("Authorization", "Bearer " + stack.token())
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private Sample bare() throws IOException, InterruptedException {
    String name = "bare-" + runs.incrementAndGet();
    String spec =
        """
        {"runId": "%1$s", "attempt": 1, "project": "bench", "input": {"files": []},
         "output": {"dataset": "o", "version": "v1", "bucket": "b", "keyPrefix": "%1$s/",
          "attemptTag": "a1"},
         "source": {"type": "text"}, "destination": {"format": "parquet"},
         "s3": {"endpoint": "%2$s", "bucket": "b"}}
        """
            .formatted(name, folder.toUri());
    Map<String, String> variables = specs.serve(name, spec);
    long begin = System.nanoTime();
    jobs.await(jobs.submit(jobs.python() + " " + program, variables));
    return Sample.of("seconds", (System.nanoTime() - begin) / NANOS_PER_SECOND);
  }
}
