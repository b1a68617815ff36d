package dev.sluice.local.store;

import dev.sluice.local.gateway.Origins;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * Runs S3Proxy over a folder: each bucket is a sub-folder, each object a file with its metadata in
 * extended attributes.
 *
 * <p>Needs a file system with user extended attributes. Browsers may read and write with presigned
 * URLs and see {@code ETag}, from the origins that {@code S3_CORS_ORIGINS} names.
 */
public final class S3Main {
  private static final long MAX_OBJECT_BYTES = 5L << 30;

  private S3Main() {}

  /** Arguments: folder, endpoint, STS port; {@code S3_IDENTITY} and CREDENTIAL name the owner. */
  public static void main(String[] args) throws Exception {
    String identity = variable("S3_IDENTITY");
    String credential = variable("S3_CREDENTIAL");
    Clock clock = Clock.systemUTC();
    FilesystemNio2BlobStore store = new FilesystemNio2BlobStore(args[0]);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create(args[1]))
            .awsAuthentication(AuthenticationType.AWS_V4, identity, credential)
            .maxSinglePartObjectSize(MAX_OBJECT_BYTES)
            .ignoreUnknownHeaders(true)
            .corsRules(
                new CrossOriginResourceSharing(
                    Origins.parse(variable("S3_CORS_ORIGINS")).patterns(),
                    List.of("GET", "HEAD", "PUT", "POST", "DELETE"),
                    List.of("*"),
                    List.of("ETag", "Content-Length", "Content-Range", "x-amz-request-id"),
                    ""))
            .build();
    proxy.setBlobStoreLocator(new ScopedStores(store, identity, credential, clock));
    new TokenService(identity, credential, clock).listen(Integer.parseInt(args[2]));
    proxy.start();
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
