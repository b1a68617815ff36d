package dev.sluice.upload.importing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body that asks for an import.
 *
 * @param dataType for a dataset that does not exist yet; {@code binary} when absent
 * @param sources 1 to 100
 * @param prefix folder of the dataset that the files go to; absent for its top
 * @param expand whether zip, tar, gz and zst are taken apart
 * @param every do it again and again: {@code 6h}, {@code 30m}, {@code 1d} or ISO 8601; at least a
 *     minute
 */
record ImportRequest(
    @Nullable String project,
    @Nullable String dataset,
    @Nullable String dataType,
    @Nullable List<@Nullable Source> sources,
    @Nullable String prefix,
    @Nullable Boolean expand,
    @Nullable String every) {

  /**
   * A place to import from.
   *
   * @param url of scheme http, https, s3, nfs or file
   * @param credentials name of a secret that an administrator configured
   * @param glob which files of a listing, for example {@code *.csv}
   */
  record Source(@Nullable String url, @Nullable String credentials, @Nullable String glob) {}
}
