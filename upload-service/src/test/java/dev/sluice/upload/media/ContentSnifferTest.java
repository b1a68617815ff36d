package dev.sluice.upload.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentSnifferTest {

  @ParameterizedTest
  @CsvSource({
    "plain words, txt, text/plain",
    "# Title, md, text/markdown",
    "<!DOCTYPE html><p>, '', text/html",
    "'{\"a\":1}', '', application/x-ndjson",
    "'a,b', csv, text/csv",
    "'<svg xmlns=\"x\">', '', image/svg+xml",
    "%PDF-1.7, txt, text/plain",
    "%PDF-1.7, '', application/pdf",
    "words, png, text/plain"
  })
  void namesTextByContentFirst(String content, String extension, String expected) {
    assertThat(sniff(content.getBytes(UTF_8), extension, 3)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'\u0089PNG\r\n\u001a\n\u0000', txt, image/png",
    "'\u00ff\u00d8\u00ff\u00e0', txt, image/jpeg",
    "'RIFF1234WEBP\u0001', '', image/webp",
    "'RIFF1234WAVE\u0001', '', audio/wav",
    "'\u0000\u0000\u0000\u0018ftypmp42', '', video/mp4",
    "'\u0000\u0000\u0000\u0018ftypqt  ', mov, video/quicktime",
    "'PAR1\u0015\u0000', '', application/vnd.apache.parquet",
    "'PK\u0003\u0004', docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "'PK\u0003\u0004', odt, application/zip",
    "'PK\u0003\u0004', txt, application/zip",
    "'\u0001\u0002\u0000', docx, application/octet-stream",
    "'\u0001\u0002\u0000', dat, application/octet-stream"
  })
  void namesBytesByTheirMark(String content, String extension, String expected) {
    assertThat(sniff(content.getBytes(ISO_8859_1), extension, 100)).isEqualTo(expected);
  }

  @Test
  void readsTextAcrossBuffers() {
    byte[] text = "añ€😀".repeat(5_000).getBytes(UTF_8);
    assertThat(sniff(text, "txt", 7)).isEqualTo("text/plain");
    assertThat(sniff(Arrays.copyOf(text, text.length - 1), "txt", 7))
        .isEqualTo("application/octet-stream");
  }

  @Test
  void seesThatTextEndsInBytes() {
    byte[] bytes = "text ".repeat(4_000).getBytes(UTF_8);
    bytes[bytes.length - 1] = 0;
    assertThat(sniff(bytes, "txt", 4_096)).isEqualTo("application/octet-stream");
  }

  @Test
  void knowsTfRecordByItsChecksum() {
    ByteBuffer head = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(4);
    CRC32C crc = new CRC32C();
    crc.update(head.array(), 0, 8);
    head.putInt(Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8);
    assertThat(sniff(head.array(), "", 20)).isEqualTo("application/x-tfrecord");
  }

  @Test
  void takesNothingAsText() {
    assertThat(sniff(new byte[0], "txt", 1)).isEqualTo("text/plain");
  }

  @Test
  void knownZipsGoByTheirName() {
    String docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    assertThat(MediaTypes.underName("application/zip", "docx")).isEqualTo(docx);
    assertThat(MediaTypes.underName(docx, "zip")).isEqualTo("application/zip");
    assertThat(MediaTypes.underName(docx, "txt")).isEqualTo("application/zip");
  }

  @Test
  void typesTakeTheirOwn() {
    assertThat(DataType.TEXT.takes("text/markdown")).isTrue();
    assertThat(DataType.TEXT.takes("application/json")).isTrue();
    assertThat(DataType.TEXT.takes("application/pdf")).isTrue();
    assertThat(DataType.TEXT.takes("application/zip")).isFalse();
    assertThat(DataType.TEXT.takes("image/png")).isFalse();
    assertThat(DataType.TABLE.takes("text/csv")).isTrue();
    assertThat(DataType.TABLE.takes("text/plain")).isFalse();
    assertThat(DataType.BINARY.takes("application/octet-stream")).isTrue();
    assertThat(DataType.named("nonsense")).isEmpty();
  }

  private static String sniff(byte[] bytes, String extension, int step) {
    ContentSniffer sniffer = new ContentSniffer();
    for (int from = 0; from < bytes.length; from += step) {
      byte[] next = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + step));
      sniffer.update(next, next.length);
    }
    return sniffer.mediaType(extension);
  }
}
