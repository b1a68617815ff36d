package dev.sluice.vectorsink;

import dev.sluice.vectorsink.index.DevQdrant;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.util.Map;

/** Gives the application under test the development Qdrant, where it can run. */
public final class QdrantResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return DevQdrant.address()
        .map(URI::toString)
        .map(address -> Map.of("sluice.qdrant.grpc-url", address, "sluice.test.qdrant", "real"))
        .orElse(Map.of("sluice.test.qdrant", "fake"));
  }

  @Override
  public void stop() {
    // The server is shared by all tests of this JVM and ends with it.
  }
}
