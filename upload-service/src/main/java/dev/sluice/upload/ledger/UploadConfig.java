package dev.sluice.upload.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and times of uploads. */
@ConfigMapping(prefix = "sluice.upload")
public interface UploadConfig {
  /** Bytes of the largest file taken; 5 TiB is S3's own limit. */
  @WithDefault("5497558138880")
  long maxFileSize();

  /** How long an address for a part is good; at most 15 minutes. */
  @WithDefault("15m")
  Duration urlExpiry();

  /**
   * Bytes of the smallest part that files are cut into; a file up to this size is one PUT. S3 takes
   * no part under 5 MiB but the last.
   */
  @WithDefault("8388608")
  long smallestPart();

  /** How long an unfinished upload is kept. */
  @WithDefault("7d")
  Duration expiry();
}
