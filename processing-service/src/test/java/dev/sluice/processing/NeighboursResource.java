package dev.sluice.processing;

import dev.sluice.local.part.S3Part;
import dev.sluice.testing.TestServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Points the application under test at the stand-ins for the catalog and for Ray. */
public final class NeighboursResource implements QuarkusTestResourceLifecycleManager {
  /** Where local deliveries go. */
  static final Path LOCAL_ROOT = temporary();

  private static Path temporary() {
    try {
      return Files.createTempDirectory("sluice-deliveries");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, String> start() {
    S3Part s3 = TestServers.s3();
    return Map.ofEntries(
        Map.entry("quarkus.http.test-port", RealRayResource.freePort()),
        Map.entry("sluice.catalog.url", FakeCatalog.INSTANCE.address()),
        Map.entry("sluice.uploads.url", FakeUploads.INSTANCE.address()),
        Map.entry("sluice.vectors.url", FakeVectors.INSTANCE.address()),
        Map.entry("sluice.job-storage.sts-endpoint", s3.stsAddress()),
        Map.entry("sluice.ray.address", ScriptedRay.INSTANCE.address()),
        Map.entry("sluice.ray.token", "ray-secret"),
        Map.entry("sluice.ray.timeout", "2s"),
        Map.entry("sluice.runs.poll-every", "100ms"),
        Map.entry("sluice.runs.look-every", "100ms"),
        Map.entry("sluice.runs.longest-wait", "300ms"),
        Map.entry("sluice.deliveries.local-root", LOCAL_ROOT.toString()),
        Map.entry("sluice.deliveries.rest", "100ms"),
        Map.entry("sluice.deliveries.tries", "3"),
        Map.entry("sluice.deliveries.credentials.elsewhere.hosts", "127.0.0.1,localhost"),
        Map.entry("sluice.deliveries.credentials.elsewhere.projects", "demo"),
        Map.entry("sluice.deliveries.credentials.elsewhere.access-key", s3.accessKey()),
        Map.entry("sluice.deliveries.credentials.elsewhere.secret-key", s3.secretKey()));
  }

  @Override
  public void stop() {
    // The stand-ins are shared by all tests of this JVM and end with it.
  }
}
