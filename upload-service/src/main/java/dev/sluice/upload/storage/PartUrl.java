package dev.sluice.upload.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Where to PUT one part, and until when.
 *
 * @param headers that the PUT must carry; none for a part without a checksum
 */
public record PartUrl(URI url, Map<String, String> headers, Instant expiresAt) {
  public PartUrl {
    headers = Map.copyOf(headers);
  }
}
