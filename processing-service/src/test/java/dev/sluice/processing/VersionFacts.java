package dev.sluice.processing;

import dev.sluice.testing.TestKafka;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Says what the catalog says of versions. */
final class VersionFacts {
  private static final UUID DATASET = UUID.fromString("7b6e0a52-6a5b-4f0e-9f0e-0c8f6b1c2d3e");

  private VersionFacts() {}

  /** A version is sealed; {@code by} is the run or import that made it, empty for none. */
  static void created(String dataset, String version, String kind, String by) {
    String runId = by.isEmpty() ? "" : ",\"runId\":\"" + by + "\"";
    say(
        "VersionCreated",
        """
        {"project":"demo","datasetId":"%s","dataset":"%s","version":"%s","dataType":"table",
         "digest":"%s","files":1,"bytes":9,"producedBy":{"kind":"%s"%s},"inputs":[],
         "createdBy":"ada","occurredAt":"%s"}
        """
            .formatted(DATASET, dataset, version, "a".repeat(64), kind, runId, Instant.now()));
  }

  /** Its owner recommends a version. */
  static void released(String dataset, String version) {
    say(
        "VersionReleased",
        """
        {"project":"demo","datasetId":"%s","dataset":"%s","version":"%s","releasedBy":"ada",
         "occurredAt":"%s"}
        """
            .formatted(DATASET, dataset, version, Instant.now()));
  }

  private static void say(String type, String value) {
    try (TestKafka kafka = TestKafka.connect()) {
      kafka.send(
          "sluice.datasets",
          DATASET.toString(),
          value,
          Map.of(
              "ce_specversion",
              "1.0",
              "ce_id",
              UUID.randomUUID().toString(),
              "ce_source",
              "https://example.com/catalog",
              "ce_type",
              "dev.sluice." + type + ".v1"));
    }
  }
}
