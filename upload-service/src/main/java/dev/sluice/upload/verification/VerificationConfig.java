package dev.sluice.upload.verification;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How objects are read back. */
@ConfigMapping(prefix = "sluice.verification")
public interface VerificationConfig {
  /** Objects read at the same time by one replica. */
  @WithDefault("4")
  int parallelism();

  /** Files of one part that one replica reads and settles together. */
  @WithDefault("64")
  int group();

  /** How long a replica's claim holds without a sign of life; then another replica takes over. */
  @WithDefault("60s")
  Duration lease();

  /**
   * How long an upload waits for the clients of its project that still send, so that reading back
   * takes nothing from them; afterwards it is read back all the same.
   */
  @WithDefault("30s")
  Duration yieldFor();

  /** A client that has asked for no address for so long is not waited for. */
  @WithDefault("5s")
  Duration sendingFor();

  /** How long an object rests after the store did not answer. */
  @WithDefault("5s")
  Duration retryAfter();
}
