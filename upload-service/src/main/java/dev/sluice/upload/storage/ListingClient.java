package dev.sluice.upload.storage;

import io.minio.Http;
import io.minio.ListMultipartUploadsArgs;
import io.minio.MinioAsyncClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Response;

/** Asks for lists whose answers are read by {@link UnendedPage}; connections are the other's. */
final class ListingClient extends MinioAsyncClient {
  private static final int PAGE = 1_000;

  ListingClient(MinioAsyncClient client) {
    super(client);
  }

  /** Up to 1,000 multipart uploads behind the markers, which are empty for the first. */
  CompletableFuture<UnendedPage> unended(
      String bucket, String prefix, String afterKey, String afterId) {
    Http.QueryParameters query =
        new Http.QueryParameters(
            "uploads",
            "",
            "encoding-type",
            "url",
            "max-uploads",
            Integer.toString(PAGE),
            "prefix",
            prefix);
    if (!afterKey.isEmpty()) {
      query.add("key-marker", afterKey);
      query.add("upload-id-marker", afterId);
    }
    return executeGetAsync(
            ListMultipartUploadsArgs.builder().bucket(bucket).build(), new Http.Headers(), query)
        .thenApply(ListingClient::read);
  }

  private static UnendedPage read(Response response) {
    try (response) {
      return UnendedPage.read(response.body().byteStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
