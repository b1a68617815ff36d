package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to import.
 *
 * @param dataType for a dataset that does not exist yet
 * @param prefix folder that the files go to
 * @param expand whether archives are taken apart
 * @param every how often, for example {@code 6h}; null for once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewImport(
    String project,
    String dataset,
    @Nullable String dataType,
    List<Source> sources,
    @Nullable String prefix,
    boolean expand,
    @Nullable String every) {

  public NewImport {
    sources = Lists.orEmpty(sources);
  }

  /**
   * A place to import from.
   *
   * @param url of scheme http, https, s3, nfs or file
   * @param credentials name of a secret that an administrator configured
   * @param glob which files of a listing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Source(String url, @Nullable String credentials, @Nullable String glob) {}
}
