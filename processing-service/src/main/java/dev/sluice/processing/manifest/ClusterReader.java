package dev.sluice.processing.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.processing.manifest.ManifestFields.Range;
import dev.sluice.processing.manifest.RayCluster.Group;
import dev.sluice.processing.manifest.RayCluster.Resources;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.rayClusterConfig}. */
final class ClusterReader {
  private static final Pattern RAY_VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");
  private static final Pattern GROUP = Pattern.compile("[a-z]([a-z0-9-]{0,18}[a-z0-9])?");
  private static final Pattern CPU =
      Pattern.compile("[1-9][0-9]{0,3}(\\.[0-9]{1,3})?|0\\.[0-9]{0,2}[1-9]|[1-9][0-9]{0,6}m");
  private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]{0,6}(Mi|Gi|Ti)");
  private static final Range REPLICAS = new Range(0, 1_000, 1);
  private static final Range GPU = new Range(0, 64, 0);
  private static final int MOST_GROUPS = 10;

  private ClusterReader() {}

  /** The cluster; null when the manifest leaves the run to the shared one. */
  static @Nullable RayCluster read(ManifestFields spec) {
    ManifestFields cluster = spec.optionalObject("rayClusterConfig");
    JsonNode raw = spec.raw("rayClusterConfig");
    if (cluster == null || !raw.isObject() || raw.isEmpty()) {
      return null;
    }
    cluster.only("rayVersion", "head", "workers");
    ManifestFields head = cluster.optionalObject("head");
    if (head != null) {
      head.only("cpu", "memory");
    }
    return new RayCluster(
        cluster.optionalText("rayVersion", RAY_VERSION, "a version of Ray such as 2.55.0"),
        resources(head, RayCluster.HEAD),
        workers(cluster.objects("workers", 0, MOST_GROUPS)));
  }

  private static List<Group> workers(List<ManifestFields> groups) {
    Set<String> names = new HashSet<>();
    return groups.stream().map(group -> worker(group, names)).toList();
  }

  private static Group worker(ManifestFields group, Set<String> names) {
    group.only("name", "replicas", "minReplicas", "maxReplicas", "cpu", "memory", "gpu");
    String name =
        group.text("name", GROUP, "1 to 20 characters of a-z, 0-9 and '-', a letter first");
    if (!names.add(name)) {
      group.error("name", name, "a name that no other group has");
    }
    int replicas = group.integer("replicas", REPLICAS);
    int least = group.integer("minReplicas", new Range(0, REPLICAS.most(), replicas));
    int most = group.integer("maxReplicas", new Range(1, REPLICAS.most(), Math.max(1, replicas)));
    if (least > replicas || replicas > most) {
      group.error(
          "replicas", String.valueOf(replicas), "from minReplicas " + least + " to " + most);
    }
    return new Group(name, replicas, least, most, resources(group, RayCluster.WORKER));
  }

  private static Resources resources(@Nullable ManifestFields pod, Resources fallback) {
    if (pod == null) {
      return fallback;
    }
    return new Resources(
        quantity(pod, "cpu", CPU, fallback.cpu(), "CPUs: 2, 0.5 or 500m"),
        quantity(pod, "memory", MEMORY, fallback.memory(), "memory: 512Mi, 4Gi"),
        pod.integer("gpu", GPU));
  }

  private static String quantity(
      ManifestFields pod, String name, Pattern pattern, String fallback, String allowed) {
    JsonNode given = pod.raw(name);
    if (!pod.has(name)) {
      return fallback;
    }
    String text = given.isTextual() ? given.textValue() : given.toString();
    if (!pattern.matcher(text).matches()) {
      pod.error(name, text, allowed);
      return fallback;
    }
    return text;
  }
}
