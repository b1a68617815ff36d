package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Announces many files of one version at once, at most 1,000. */
public record UploadBatch(String project, String dataset, String version, List<Item> files) {

  public UploadBatch {
    files = List.copyOf(files);
  }

  /**
   * One of them.
   *
   * @param crc32c base64 of the four bytes, for a file of one part
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(String path, long size, String sha256, @Nullable String crc32c) {}
}
