package dev.sluice.processing;

import dev.sluice.testing.TestServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Points the application under test at the stand-ins for the catalog and for Ray. */
public final class NeighboursResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return Map.of(
        "quarkus.http.test-port", RealRayResource.freePort(),
        "sluice.catalog.url", FakeCatalog.INSTANCE.address(),
        "sluice.job-storage.sts-endpoint", TestServers.s3().stsAddress(),
        "sluice.ray.address", ScriptedRay.INSTANCE.address(),
        "sluice.ray.token", "ray-secret",
        "sluice.ray.timeout", "2s",
        "sluice.runs.poll-every", "100ms",
        "sluice.runs.look-every", "100ms",
        "sluice.runs.longest-wait", "300ms");
  }

  @Override
  public void stop() {
    // The stand-ins are shared by all tests of this JVM and end with it.
  }
}
