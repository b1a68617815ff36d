package dev.sluice.processing.ray;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A job as a {@code RayJob} of KubeRay ({@code ray.io/v1}): one cluster, made for it and removed
 * after it; never tried again by KubeRay, because attempts are Sluice's.
 */
final class RayJobManifest {
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,45}[a-z0-9])?");
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
  private static final String FOLDER = "/sluice";
  private static final String FETCH =
      """
      import io, os, sys, time, urllib.error, urllib.request, zipfile

      def fetched(url):
          for tries in range(30, -1, -1):
              try:
                  token = {"Authorization": "Bearer " + os.environ["SLUICE_RUN_TOKEN"]}
                  request = urllib.request.Request(url, headers=token)
                  with urllib.request.urlopen(request, timeout=300) as answer:
                      return answer.read()
              except OSError as failure:
                  status = getattr(failure, "code", 503)
                  if tries == 0 or 400 <= status < 500:
                      raise
                  time.sleep(2)

      for name in sys.argv[1:]:
          content = fetched(os.environ["SLUICE_PACKAGES_URL"] + name + ".zip")
          zipfile.ZipFile(io.BytesIO(content)).extractall("/sluice/" + name)
      """;

  private final JobSubmission job;
  private final KubeRayConfig config;
  private final RayClusterManifest cluster;
  private final ObjectMapper json = JsonMapper.builder().build();

  RayJobManifest(JobSubmission job, KubeRayConfig config) {
    if (!NAME.matcher(job.submissionId()).matches()) {
      throw new IllegalArgumentException("no name for a RayJob: " + job.submissionId());
    }
    this.job = job;
    this.config = config;
    this.cluster = new RayClusterManifest(job.demand(), config);
  }

  /** The manifest, when it is {@code now}. */
  ObjectNode at(Instant now) {
    ObjectNode rayJob =
        json.createObjectNode().put("apiVersion", "ray.io/v1").put("kind", "RayJob");
    metadata(rayJob.putObject("metadata"));
    ObjectNode spec = rayJob.putObject("spec");
    spec.put("entrypoint", job.entrypoint()).put("jobId", job.submissionId());
    spec.set("metadata", json.valueToTree(new TreeMap<>(job.metadata())));
    spec.put("runtimeEnvYAML", runtimeEnv());
    spec.put("entrypointNumCpus", 0).put("entrypointNumGpus", 0);
    spec.put("submissionMode", "K8sJobMode");
    spec.putObject("submitterConfig").put("backoffLimit", 0);
    spec.put("backoffLimit", 0);
    spec.put("shutdownAfterJobFinishes", true);
    spec.put("ttlSecondsAfterFinished", config.keepEnded().toSeconds());
    long left = Duration.between(now, job.demand().deadlineAt()).toSeconds();
    spec.put("activeDeadlineSeconds", Math.max(1, left));
    submitter(spec.putObject("submitterPodTemplate").putObject("spec"));
    cluster.write(spec.putObject("rayClusterSpec"));
    return rayJob;
  }

  private void metadata(ObjectNode metadata) {
    metadata.put("name", job.submissionId()).put("namespace", config.namespace());
    ObjectNode labels = metadata.putObject("labels").put("app.kubernetes.io/managed-by", "sluice");
    ObjectNode annotations = metadata.putObject("annotations");
    for (Map.Entry<String, String> entry : new TreeMap<>(job.metadata()).entrySet()) {
      String name = entry.getKey().replace("sluice.", "sluice.dev/");
      boolean label = LABEL.matcher(entry.getValue()).matches();
      (label ? labels : annotations).put(name, entry.getValue());
    }
  }

  /** JSON is YAML, and this one is the same for the same job. */
  private String runtimeEnv() {
    ObjectNode environment = json.createObjectNode();
    environment.putArray("py_modules").add(FOLDER + "/program/sluice");
    if (job.workingDir() != null) {
      environment.put("working_dir", FOLDER + "/work");
    }
    environment.set("env_vars", json.valueToTree(new TreeMap<>(job.environment())));
    return environment.toString();
  }

  /** The pod that submits: it fetches the packages, which Ray then spreads over the cluster. */
  private void submitter(ObjectNode pod) {
    pod.put("restartPolicy", "Never").put("automountServiceAccountToken", false);
    ObjectNode fetch = container(pod.putArray("initContainers"), "fetch-packages");
    ArrayNode command = fetch.putArray("command").add("python").add("-c").add(FETCH).add("program");
    if (job.workingDir() != null) {
      command.add("work");
    }
    ArrayNode environment = fetch.putArray("env");
    environment
        .addObject()
        .put("name", "SLUICE_PACKAGES_URL")
        .put("value", job.demand().packagesUrl());
    environment
        .addObject()
        .put("name", "SLUICE_RUN_TOKEN")
        .put("value", job.environment().getOrDefault("SLUICE_RUN_TOKEN", ""));
    container(pod.putArray("containers"), "ray-job-submitter");
    ObjectNode volume = pod.putArray("volumes").addObject().put("name", "sluice");
    volume.putObject("emptyDir").put("sizeLimit", "1Gi");
  }

  private ObjectNode container(ArrayNode containers, String name) {
    ObjectNode container = containers.addObject().put("name", name);
    cluster.image(container);
    RayClusterManifest.resources(container, "200m", "512Mi", 0);
    container.putArray("volumeMounts").addObject().put("name", "sluice").put("mountPath", FOLDER);
    return container;
  }
}
