package dev.sluice.upload.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.storage.StoreListing.Unended;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Lists of multipart uploads as stores write them. */
class UnendedPageTest {
  /** A MinIO server of November 2026 said this, word for word. */
  private static final String OF_MINIO =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ListMultipartUploadsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Bucket>b1-x</Bucket>\
      <KeyMarker></KeyMarker><UploadIdMarker></UploadIdMarker><NextKeyMarker></NextKeyMarker>\
      <NextUploadIdMarker></NextUploadIdMarker><Prefix>dataset/a+b/%C3%BC.bin</Prefix>\
      <EncodingType>url</EncodingType><MaxUploads>1000</MaxUploads><IsTruncated>false</IsTruncated>\
      <Upload><Key>dataset/a+b/%C3%BC.bin</Key><UploadId>YTgyMjY0OTct</UploadId>\
      <Initiator><ID></ID><DisplayName></DisplayName></Initiator>\
      <Owner><ID></ID><DisplayName></DisplayName></Owner><StorageClass></StorageClass>\
      <Initiated>2026-11-23T00:41:16.853Z</Initiated></Upload></ListMultipartUploadsResult>
      """;

  @Test
  void readsAnAnswerWithoutOwnerAndStorageClass() throws IOException {
    UnendedPage page = read(OF_MINIO);
    assertThat(page.truncated()).isFalse();
    assertThat(page.uploads())
        .containsExactly(
            new Unended(
                new ObjectKey("dataset/a b/ü.bin"),
                "YTgyMjY0OTct",
                Instant.parse("2026-11-23T00:41:16.853Z")));
  }

  @Test
  void goesOnBehindTheMarkersOfAPageThatIsNotTheLast() throws IOException {
    UnendedPage page =
        read(
            """
            <ListMultipartUploadsResult><IsTruncated>true</IsTruncated>
            <NextKeyMarker>a+b</NextKeyMarker><NextUploadIdMarker>x&amp;y</NextUploadIdMarker>
            <Upload><Key>a+b</Key><UploadId>x&amp;y</UploadId></Upload>
            </ListMultipartUploadsResult>
            """);
    assertThat(page.truncated()).isTrue();
    assertThat(page.nextKeyMarker()).isEqualTo("a+b");
    assertThat(page.nextUploadIdMarker()).isEqualTo("x&y");
    assertThat(page.uploads())
        .containsExactly(new Unended(new ObjectKey("a+b"), "x&y", Instant.EPOCH));
  }

  @Test
  void refusesWhatIsNoList() {
    assertThatThrownBy(() -> read("<html/>")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("<ListMultipartUploadsResult>")).isInstanceOf(IOException.class);
  }

  private static UnendedPage read(String answer) throws IOException {
    return UnendedPage.read(new ByteArrayInputStream(answer.getBytes(UTF_8)));
  }
}
