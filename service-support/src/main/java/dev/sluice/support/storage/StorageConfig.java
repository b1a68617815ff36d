package dev.sluice.support.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The object store; any S3. */
@ConfigMapping(prefix = "sluice.s3")
public interface StorageConfig {
  /** Address that the services use. */
  @WithDefault("http://127.0.0.1:19000")
  URI endpoint();

  /** Address that goes into URLs for clients; the same as {@code endpoint} when absent. */
  Optional<URI> publicEndpoint();

  /** Region that requests are signed for. */
  @WithDefault("us-east-1")
  String region();

  /** Access key of the services. */
  String accessKey();

  /** Secret key of the services. */
  String secretKey();

  /**
   * The key that signs addresses for uploads. It should be allowed {@code s3:PutObject} on the
   * projects' buckets and nothing else, so that no use of an address does more; the services' own
   * key when absent.
   */
  Optional<Signing> signing();

  /**
   * Origins whose pages may upload and download by presigned addresses, for example {@code
   * https://app.example.org}; each new bucket gets rules for them. Stores that know no rules of
   * buckets, such as MinIO, have settings of their own.
   */
  Optional<List<String>> corsOrigins();

  /** A project's bucket is this prefix and the project's name. */
  @WithDefault("sluice-")
  String bucketPrefix();

  /** A key pair for signatures. */
  interface Signing {
    /** Access key; goes into addresses. */
    String accessKey();

    /** Its secret. */
    String secretKey();
  }
}
