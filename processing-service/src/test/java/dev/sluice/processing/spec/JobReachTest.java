package dev.sluice.processing.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobReachTest {
  private static final String OUTPUT = "dataset/chunks/v3/";

  @Test
  void opensTheVersionsWhoseObjectsAreRead() {
    // When
    JobReach reach =
        JobReach.of(
            "demo",
            List.of("dataset/docs/v1/a.txt", "dataset/docs/v1/b/c.txt", "dataset/old/v7/a.txt"),
            OUTPUT);

    // Then
    assertThat(reach.inputs()).containsExactly("dataset/docs/v1/", "dataset/old/v7/");
    assertThat(StoragePolicy.of(reach))
        .isEqualTo(
            """
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":"s3:GetObject","Resource":[
            "arn:aws:s3:::demo/dataset/docs/v1/*","arn:aws:s3:::demo/dataset/old/v7/*",
            "arn:aws:s3:::demo/dataset/chunks/v3/*"]},
            {"Effect":"Allow","Action":[
            "s3:PutObject","s3:AbortMultipartUpload","s3:ListMultipartUploadParts"],
            "Resource":"arn:aws:s3:::demo/dataset/chunks/v3/*"},
            {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::demo",
            "Condition":{"StringLike":{"s3:prefix":"dataset/chunks/v3/*"}}}]}"""
                .replace("\n", ""));
  }

  @Test
  void opensDatasetsWhereVersionsAreTooMany() {
    // When
    JobReach reach = JobReach.of("demo", keys(21, "dataset/docs/v%d/a.txt"), OUTPUT);

    // Then
    assertThat(reach.inputs()).containsExactly("dataset/docs/");
  }

  @Test
  void opensDatasetsWhereThePolicyWouldBeTooLong() {
    // Given
    String dataset = "a".repeat(40);

    // When
    JobReach reach =
        JobReach.of("sluice-" + dataset, keys(18, "dataset/" + dataset + "/v%d/a.txt"), OUTPUT);

    // Then
    assertThat(reach.inputs()).containsExactly("dataset/" + dataset + "/");
  }

  @Test
  void isNeverTooLongForAws() {
    // When
    JobReach reach = JobReach.of("demo", keys(500, "dataset/docs-%d/v1/a.txt"), OUTPUT);

    // Then
    assertThat(StoragePolicy.of(reach)).hasSizeLessThan(1_801);
  }

  @Test
  void neverTakesAStarOfAKeyForAWildcard() {
    // When
    JobReach reach = JobReach.of("demo", List.of("dataset/docs/v1/*", "odd/*/x"), OUTPUT);

    // Then
    assertThat(reach.inputs()).containsExactly("dataset/docs/v1/", "odd/");
  }

  private static List<String> keys(int number, String pattern) {
    return IntStream.rangeClosed(1, number).mapToObj(pattern::formatted).toList();
  }
}
