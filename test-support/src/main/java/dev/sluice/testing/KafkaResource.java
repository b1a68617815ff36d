package dev.sluice.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives the application under test the Kafka broker of this test JVM. */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return Map.of(
        "kafka.bootstrap.servers",
        TestServers.kafka().address(),
        "quarkus.kafka.devservices.enabled",
        "false");
  }

  @Override
  public void stop() {
    // The broker is shared by all tests of this JVM and ends with it.
  }
}
