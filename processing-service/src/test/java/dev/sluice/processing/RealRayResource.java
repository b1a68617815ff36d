package dev.sluice.processing;

import dev.sluice.testing.TestServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** Points the application under test at a real Ray. */
public final class RealRayResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    String port = freePort();
    return Map.of(
        "sluice.catalog.url", FakeCatalog.INSTANCE.address(),
        "sluice.job-storage.sts-endpoint", TestServers.s3().stsAddress(),
        "sluice.ray.address", DevRay.here().address(),
        "sluice.ray.token", DevRay.here().token(),
        "quarkus.http.test-port", port,
        "sluice.processing.url", "http://127.0.0.1:" + port);
  }

  @Override
  public void stop() {
    // The cluster belongs to whoever runs the test.
  }

  /** A fixed port in every test: meters with and without one do not mix in a JVM. */
  static String freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
