package dev.sluice.bench.ray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.bench.upload.StoreServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The same files, cluster and store for all who compete. */
final class Contest {
  private static final int FILES = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Sluice's operator takes for an e-mail address in these texts. */
  private static final String MAIL =
      "[A-Za-z0-9._-]+@[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)*[.][a-z]{2,}";

  private final RayJobs jobs;
  private final SpecServer specs;
  private final Scripts scripts;
  private final StoreServer store;
  private final Map<String, JsonNode> inputs = new HashMap<>();
  private final AtomicInteger runs = new AtomicInteger();

  Contest(RayJobs jobs, SpecServer specs, Scripts scripts, StoreServer store) {
    this.jobs = jobs;
    this.specs = specs;
    this.scripts = scripts;
    this.store = store;
  }

  /**
   * A run that ended well.
   *
   * @param out prefix of its output in the bucket
   */
  record Done(double seconds, String out) {}

  RayJobs jobs() {
    return jobs;
  }

  Scripts scripts() {
    return scripts;
  }

  /** Files of so many bytes in all, written once for each kind and size. */
  JsonNode input(String kind, long bytes, long seed) throws IOException, InterruptedException {
    JsonNode known = inputs.get(kind + bytes);
    if (known == null) {
      List<String> arguments =
          List.of(kind, Long.toString(bytes), Integer.toString(FILES), Long.toString(seed));
      known = scripts.run("prepare.py", arguments);
      inputs.clear();
      inputs.put(kind + bytes, known);
    }
    return known;
  }

  /** The native program. */
  Done byRayData(String kind, int parallelism) throws IOException, InterruptedException {
    String out = "out-" + runs.incrementAndGet();
    String command =
        "%s %s %s %s %d '%s'"
            .formatted(jobs.python(), scripts.file("native.py"), kind, out, parallelism, MAIL);
    return ended(jobs.submit(command, scripts.variables()), System.nanoTime(), out);
  }

  /** Sluice's built-in program with these operators. */
  Done ours(String kind, JsonNode input, int parallelism, String operators)
      throws IOException, InterruptedException {
    String out = "out-" + runs.incrementAndGet();
    long begin = System.nanoTime();
    return ended(submit(kind, input, parallelism, operators, out, 1), begin, out);
  }

  private Done ended(String job, long begin, String out) throws IOException, InterruptedException {
    jobs.await(job);
    return new Done((System.nanoTime() - begin) / 1e9, out);
  }

  /** Submits an attempt of a run that writes below {@code out}. */
  String submit(
      String kind, JsonNode input, int parallelism, String operators, String out, int attempt)
      throws IOException, InterruptedException {
    ObjectNode spec = JSON.createObjectNode();
    spec.put("runId", out).put("attempt", attempt).put("project", "bench");
    spec.putObject("input").set("files", input.get("files"));
    spec.putObject("output")
        .put("dataset", "out")
        .put("version", "v1")
        .put("bucket", Scripts.BUCKET)
        .put("keyPrefix", out + "/")
        .put("attemptTag", "a" + attempt);
    ObjectNode source = spec.putObject("source");
    if ("parquet".equals(kind)) {
      source.put("type", "parquet").put("keyColumn", "id");
    } else {
      source.put("type", "text");
    }
    spec.putObject("destination").put("type", "s3").put("format", "parquet");
    spec.putObject("rayJobConfig").put("distributeOps", "map").put("parallelism", parallelism);
    spec.set("operators", JSON.readTree(operators));
    spec.putObject("s3")
        .put("endpoint", store.endpoint())
        .put("region", "us-east-1")
        .put("bucket", Scripts.BUCKET)
        .put("accessKey", StoreServer.ACCESS_KEY)
        .put("secretKey", StoreServer.SECRET_KEY);
    spec.put("progressUrl", specs.progressUrl());
    Map<String, String> variables = specs.serve(out + "-" + attempt, spec.toString());
    return jobs.submit(jobs.python() + " -m sluice.runner", variables);
  }

  /** What the last attempt told of its progress. */
  JsonNode progress() throws IOException {
    return JSON.readTree(specs.told());
  }

  /** Number and digest of the texts of an output, which is removed. */
  String digest(String out) throws IOException, InterruptedException {
    return scripts.run("digest.py", List.of(out)).toString();
  }
}
