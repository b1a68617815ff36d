package dev.sluice.vectorsink.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Locale;

/** A file of a version, as a line of the catalog's manifest says. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SourceFile(
    String path, long size, String sha256, String mediaType, String objectKey) {

  boolean isParquet() {
    return mediaType.toLowerCase(Locale.ROOT).contains("parquet")
        || path.toLowerCase(Locale.ROOT).endsWith(".parquet");
  }
}
