package dev.sluice.upload.component;

import static dev.sluice.upload.component.UploadCalls.begun;
import static dev.sluice.upload.component.UploadCalls.file;
import static dev.sluice.upload.component.UploadCalls.urls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An address that was given out does what it was given out for, and nothing else. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(CatalogFake.class)
class PresignedAddressTest {
  private static final String PROJECT = "addresses";
  private static final String DATASET = "binary-a";
  private static final byte[] SECRET = "somebody's own bytes".getBytes(UTF_8);
  private static final String SECRET_KEY = "dataset/other/v1/secret.bin";
  private static final int PART = 8 << 20;

  @Inject ObjectStore objects;

  private String bucket;

  @BeforeEach
  void storeSomethingOfSomebody() {
    bucket = objects.bucketOf(PROJECT);
    Await.await(() -> objects.ensureBucket(bucket).replaceWith(true));
    Await.await(
        () ->
            objects.put(bucket, SECRET_KEY, SECRET, "application/octet-stream").replaceWith(true));
  }

  @Test
  void anAddressOfASmallFileOnlyPutsIt() throws Exception {
    byte[] bytes = new byte[SECRET.length];
    String id = begun(file(PROJECT, DATASET, "small.bin", bytes));
    String url = urls(id, List.of(1)).path("urls[0].url");
    refusesAllBut(url, bytes.length);
  }

  @Test
  void anAddressOfAPartOnlyPutsThatPart() throws Exception {
    byte[] bytes = new byte[PART + SECRET.length];
    String id = begun(file(PROJECT, DATASET, "large.bin", bytes));
    String url = urls(id, List.of(2)).path("urls[0].url");
    refusesAllBut(url, SECRET.length);
  }

  private void refusesAllBut(String url, int length) throws Exception {
    List<Attempt> attempts = new ArrayList<>();
    for (String method : List.of("GET", "HEAD", "DELETE", "POST", "OPTIONS", "PATCH")) {
      attempts.add(new Attempt(method, url, length, Map.of()));
    }
    for (String source : List.of("/" + bucket + "/" + SECRET_KEY, bucket + "/" + SECRET_KEY)) {
      attempts.add(copy(url, length, source, Map.of()));
      attempts.add(copy(url, 0, source, Map.of()));
      attempts.add(copy(url, length, source, Map.of("x-amz-copy-source-range", "bytes=0-5")));
      attempts.add(copy(url, length, source, Map.of("x-amz-metadata-directive", "REPLACE")));
      attempts.add(copy(url, length, source + "?versionId=null", Map.of()));
      attempts.add(new Attempt("PUT", url + "&x-amz-copy-source=" + source, length, Map.of()));
    }
    for (String query :
        List.of(
            "&acl",
            "&acl=",
            "&tagging",
            "&versionId=null",
            "&uploads",
            "&uploadId=1",
            "&partNumber=1&uploadId=1",
            "&partNumber=3",
            "&policy",
            "&retention",
            "&legal-hold",
            "&torrent",
            "&restore",
            "&x-id=GetObject",
            "&response-content-type=text/html")) {
      attempts.add(new Attempt("PUT", url + query, length, Map.of()));
    }
    String key = URI.create(url).getRawPath();
    for (String other :
        List.of(
            "/" + bucket + "/" + SECRET_KEY,
            "/" + bucket + "/staging/other",
            "/other-bucket" + key.substring(key.indexOf('/', 1)),
            "/" + bucket + "/",
            key + "/../../" + SECRET_KEY,
            key + "x",
            key + "/x")) {
      attempts.add(new Attempt("PUT", url.replace(key, other), length, Map.of()));
    }
    attempts.add(new Attempt("PUT", url, length + 1, Map.of()));
    attempts.add(new Attempt("PUT", url, length - 1, Map.of()));
    attempts.add(
        new Attempt(
            "PUT", url.replaceAll("X-Amz-Expires=\\d+", "X-Amz-Expires=604800"), length, Map.of()));
    attempts.add(
        new Attempt(
            "PUT", url.replaceAll("X-Amz-Date=\\d{8}", "X-Amz-Date=20200101"), length, Map.of()));
    attempts.add(new Attempt("PUT", url.replace("content-length%3B", ""), length, Map.of()));
    attempts.add(
        new Attempt("PUT", url.replaceAll("partNumber=2", "partNumber=1"), length, Map.of()));

    attempts.removeIf(attempt -> attempt.isWhatTheAddressIsFor(url, length));

    // Then
    assertThat(attempts.size()).isGreaterThanOrEqualTo(40);
    for (Attempt attempt : attempts) {
      HttpResponse<String> answer = attempt.send();
      assertThat(answer.body()).as(attempt.toString()).doesNotContain("somebody");
      assertThat(answer.statusCode()).as(attempt.toString()).isGreaterThanOrEqualTo(400);
    }
    assertThat(Await.await(() -> objects.read(bucket, SECRET_KEY))).isEqualTo(SECRET);
    HttpResponse<String> meant = new Attempt("PUT", url, length, Map.of()).send();
    assertThat(meant.statusCode()).isEqualTo(200);
  }

  private static Attempt copy(String url, int length, String source, Map<String, String> more) {
    Map<String, String> headers = new java.util.HashMap<>(more);
    headers.put("x-amz-copy-source", source);
    return new Attempt("PUT", url, length, headers);
  }

  private record Attempt(String method, String url, int length, Map<String, String> headers) {
    HttpResponse<String> send() throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url))
              .method(
                  method,
                  method.equals("PUT") || method.equals("POST")
                      ? BodyPublishers.ofByteArray(new byte[length])
                      : BodyPublishers.noBody());
      headers.forEach(request::header);
      // The store closes a connection whose body it refused to read, so none is used twice.
      try (HttpClient http = HttpClient.newHttpClient()) {
        return http.send(request.build(), BodyHandlers.ofString());
      }
    }

    /** Also with a parameter said twice, of which stores read the first. */
    boolean isWhatTheAddressIsFor(String address, int size) {
      return method.equals("PUT")
          && headers.isEmpty()
          && length == size
          && (url.equals(address) || url.matches(".*[?&](uploadId|partNumber)=.*&\\1=.*"));
    }

    @Override
    public String toString() {
      return method + " " + url + " " + headers;
    }
  }
}
