package dev.sluice.upload.part;

import dev.sluice.upload.file.StoredPart;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Counts parts and bytes as they become known, each once. */
@Startup
@ApplicationScoped
class PartMeters {
  private final Counter parts;
  private final Counter bytes;

  PartMeters(MeterRegistry meters) {
    parts = meters.counter("sluice_upload_parts");
    bytes = meters.counter("sluice_upload_bytes");
  }

  void count(List<StoredPart> fresh) {
    parts.increment(fresh.size());
    bytes.increment((double) fresh.stream().mapToLong(StoredPart::size).sum());
  }
}
