package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where to PUT a part.
 *
 * @param size bytes the part must have
 * @param url null when the part is stored already
 * @param headers signed headers to send along, usually none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PartUrl(
    int partNumber,
    long size,
    @Nullable URI url,
    boolean completed,
    @Nullable Instant expiresAt,
    Map<String, String> headers) {

  public PartUrl {
    headers = orEmpty(headers);
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> headers) {
    return headers == null ? Map.of() : Map.copyOf(headers);
  }
}
