package dev.sluice.processing.spec;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How jobs reach the object store. */
@ConfigMapping(prefix = "sluice.job-storage")
public interface JobStorageConfig {
  /** Address of the store as seen from Ray; the services' own when absent. */
  Optional<URI> endpoint();

  /**
   * Address of an STS that knows AssumeRole (AWS, MinIO); jobs then get short-lived credentials of
   * their own. Absent: jobs get the services' keys.
   */
  Optional<URI> stsEndpoint();

  /** Role to assume; MinIO needs none. */
  Optional<String> roleArn();

  /** How long a job's credentials last; jobs fetch new ones before. */
  @WithDefault("1h")
  Duration lifetime();
}
