package dev.sluice.processing.ray;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.processing.manifest.DataSetManifest.Image;
import dev.sluice.processing.manifest.RayCluster;
import dev.sluice.processing.manifest.RayCluster.Group;
import dev.sluice.processing.manifest.RayCluster.Resources;
import java.util.List;

/** The cluster of one job, as KubeRay's {@code rayClusterSpec}. */
final class RayClusterManifest {
  private static final RayCluster ONE_NODE = RayCluster.ofOneNode();
  private static final int GCS_PORT = 6379;
  private static final int DASHBOARD_PORT = 8265;
  private static final int CLIENT_PORT = 10001;

  private final RayCluster cluster;
  private final Image image;
  private final KubeRayConfig config;

  RayClusterManifest(JobDemand demand, KubeRayConfig config) {
    this.cluster = demand.cluster() == null ? ONE_NODE : demand.cluster();
    this.image = demand.image() == null ? ownImage(config) : demand.image();
    this.config = config;
  }

  private static Image ownImage(KubeRayConfig config) {
    return config
        .image()
        .map(Image::ofCluster)
        .orElseThrow(
            () ->
                new RayRefused("the manifest names no image, and sluice.kuberay.image is not set"));
  }

  void write(ObjectNode spec) {
    spec.put(
        "rayVersion", cluster.rayVersion() == null ? config.rayVersion() : cluster.rayVersion());
    spec.putObject("authOptions").put("mode", "token");
    boolean scales = cluster.workers().stream().anyMatch(RayClusterManifest::scales);
    if (scales) {
      spec.put("enableInTreeAutoscaling", true);
    }
    head(spec.putObject("headGroupSpec"), scales);
    List<Group> workers = cluster.workers();
    ArrayNode groups = spec.putArray("workerGroupSpecs");
    workers.forEach(group -> worker(groups.addObject(), group));
  }

  private static boolean scales(Group group) {
    return group.minReplicas() < group.maxReplicas();
  }

  /** A head with workers runs no tasks; one alone runs them all. */
  private void head(ObjectNode head, boolean scales) {
    head.put("serviceType", "ClusterIP");
    ObjectNode start = head.putObject("rayStartParams").put("dashboard-host", "0.0.0.0");
    if (!cluster.workers().isEmpty()) {
      start.put("num-cpus", "0");
    }
    ObjectNode container = pod(head, "ray-head", cluster.head(), scales);
    ArrayNode ports = container.putArray("ports");
    port(ports, "gcs-server", GCS_PORT);
    port(ports, "dashboard", DASHBOARD_PORT);
    port(ports, "client", CLIENT_PORT);
  }

  private static void port(ArrayNode ports, String name, int number) {
    ports.addObject().put("name", name).put("containerPort", number);
  }

  private void worker(ObjectNode worker, Group group) {
    worker
        .put("groupName", group.name())
        .put("replicas", group.replicas())
        .put("minReplicas", group.minReplicas())
        .put("maxReplicas", group.maxReplicas());
    worker.putObject("rayStartParams");
    pod(worker, "ray-worker", group.resources(), false);
  }

  /** A user's program finds no token of Kubernetes; only a head that scales its cluster has one. */
  private ObjectNode pod(ObjectNode group, String name, Resources resources, boolean withToken) {
    ObjectNode pod = group.putObject("template").putObject("spec");
    pod.put("automountServiceAccountToken", withToken);
    ObjectNode container = pod.putArray("containers").addObject().put("name", name);
    image(container);
    resources(container, resources.cpu(), resources.memory(), resources.gpu());
    container
        .putObject("lifecycle")
        .putObject("preStop")
        .putObject("exec")
        .putArray("command")
        .add("/bin/sh")
        .add("-c")
        .add("ray stop");
    return container;
  }

  /** The image that the manifest asks for, and when it is pulled. */
  void image(ObjectNode container) {
    container.put("image", image.name()).put("imagePullPolicy", image.pullPolicy().text());
  }

  static void resources(ObjectNode container, String cpu, String memory, int gpu) {
    ObjectNode resources = container.putObject("resources");
    for (String kind : List.of("requests", "limits")) {
      ObjectNode amounts = resources.putObject(kind).put("cpu", cpu).put("memory", memory);
      if (gpu > 0) {
        amounts.put("nvidia.com/gpu", String.valueOf(gpu));
      }
    }
  }
}
