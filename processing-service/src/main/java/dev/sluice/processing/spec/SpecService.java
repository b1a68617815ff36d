package dev.sluice.processing.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.DataSetManifest.RayJobConfig;
import dev.sluice.processing.manifest.Operator;
import dev.sluice.processing.operator.JobReachService;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.Run.ReservedOutput;
import dev.sluice.processing.run.RunId;
import dev.sluice.processing.run.RunService;
import dev.sluice.processing.run.RunService.AttemptInput;
import dev.sluice.processing.run.RunToken;
import dev.sluice.processing.spec.JobCredentials.Keys;
import dev.sluice.processing.watch.ProcessingConfig;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.support.storage.StorageConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Puts an attempt's job spec together; see {@code docs} of the Python package for its reader. */
@ApplicationScoped
class SpecService {
  private final RunService runs;
  private final JobCredentials credentials;
  private final SpecStorage storage;
  private final JobReachService reach;
  private final ObjectMapper json;

  SpecService(
      RunService runs,
      JobCredentials credentials,
      SpecStorage storage,
      JobReachService reach,
      ObjectMapper json) {
    this.runs = runs;
    this.reach = reach;
    this.credentials = credentials;
    this.storage = storage;
    this.json = json;
  }

  /** The spec; 401 when the token is not the open attempt's. */
  Uni<JsonNode> of(RunId id, int attempt, RunToken token) {
    return runs.attemptInput(id, attempt, token)
        .onItem()
        .ifNull()
        .failWith(() -> new SpecProblem.TokenNotValid().exception())
        .flatMap(input -> withKeys(input, attempt));
  }

  private Uni<JsonNode> withKeys(AttemptInput input, int attempt) {
    Run run = input.run();
    ReservedOutput output = run.details().dryRun() ? nowhere(run) : run.output();
    if (output == null) {
      throw new SpecProblem.TokenNotValid().exception();
    }
    JsonNode files = parsed(input.files());
    List<String> keys = files.findValuesAsText("objectKey");
    return credentials
        .keysFor(JobReach.of(storage.bucketOf(input.run()), keys, output.keyPrefix()))
        .map(own -> spec(new Attempt(input.run(), attempt, output), files, own));
  }

  /**
   * A dry run has no output; should its program write all the same, it does so where none looks.
   */
  private static ReservedOutput nowhere(Run run) {
    return new ReservedOutput(
        run.id().value(), run.manifest().outputDataset(), "none", "run/" + run.id() + "/dry-run/");
  }

  private JsonNode spec(Attempt of, JsonNode files, Keys keys) {
    Run run = of.run();
    int attempt = of.number();
    ReservedOutput output = of.output();
    DataSetManifest manifest = run.manifest();
    ObjectNode spec = json.createObjectNode();
    spec.put("runId", run.id().toString()).put("attempt", attempt).put("project", run.project());
    spec.putObject("input")
        .put("dataset", run.input().dataset())
        .put("version", run.input().version())
        .set("files", files);
    spec.putObject("output")
        .put("dataset", output.dataset())
        .put("version", output.version())
        .put("bucket", storage.bucketOf(run))
        .put("keyPrefix", output.keyPrefix())
        .put("attemptTag", "a" + attempt);
    ObjectNode source = spec.putObject("source").put("type", manifest.source().type().text());
    if (manifest.source().keyColumn() != null) {
      source.put("keyColumn", manifest.source().keyColumn());
    }
    spec.putObject("destination")
        .put("type", manifest.destinations().getFirst().type().text())
        .put("format", manifest.format().text());
    options(manifest.rayJobConfig(), spec.putObject("rayJobConfig"));
    spec.putArray("operators").addAll(manifest.operators().stream().map(Operator::json).toList());
    reach.describe(manifest, spec);
    spec.put("tolerance", manifest.execution().tolerance());
    spec.put("progressUrl", storage.urlOf(run, attempt, "progress"));
    Integer rows = run.details().dryRunRows();
    if (rows != null) {
      spec.putObject("dryRun").put("rows", rows);
      spec.put("sampleUrl", storage.urlOf(run, attempt, "sample"));
    }
    spec.set("s3", storage.describe(run, keys, json.createObjectNode()));
    return spec;
  }

  private static void options(RayJobConfig config, ObjectNode target) {
    target
        .put("distributeOps", config.distributeOps().text())
        .put("parallelism", config.parallelism())
        .put("gpu", config.gpu())
        .put("batch_size", config.batchSize())
        .put("scheduling", config.scheduling().text());
  }

  private JsonNode parsed(String files) {
    try {
      return json.readTree(files);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored list of input files cannot be read", e);
    }
  }

  /** Which attempt the spec is for. */
  private record Attempt(Run run, int number, ReservedOutput output) {}

  /** The store as the job sees it. */
  @ApplicationScoped
  static class SpecStorage {
    private final ObjectStore store;
    private final StorageConfig config;
    private final JobStorageConfig job;
    private final ProcessingConfig service;

    SpecStorage(
        ObjectStore store, StorageConfig config, JobStorageConfig job, ProcessingConfig service) {
      this.store = store;
      this.config = config;
      this.job = job;
      this.service = service;
    }

    String urlOf(Run run, int attempt, String what) {
      String path = "/api/v1/runs/" + run.id() + "/attempts/" + attempt + "/" + what;
      return service.url().resolve(path).toString();
    }

    String bucketOf(Run run) {
      return store.bucketOf(run.project());
    }

    ObjectNode describe(Run run, Keys keys, ObjectNode target) {
      target
          .put("endpoint", job.endpoint().orElse(config.endpoint()).toString())
          .put("region", config.region())
          .put("bucket", bucketOf(run))
          .put("accessKey", keys.accessKey())
          .put("secretKey", keys.secretKey());
      if (keys.sessionToken() != null) {
        target.put("sessionToken", keys.sessionToken());
      }
      if (keys.expiresAt() != null) {
        target.put("expiresAt", keys.expiresAt().toString());
      }
      return target;
    }
  }
}
