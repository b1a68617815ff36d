package dev.sluice.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

  @Test
  void readsAnAnswerByItsLength() throws IOException {
    AnswerReader reader =
        reader("HTTP/1.1 403 Forbidden\r\neTaG: \"a\"\r\nContent-Length: 3\r\n\r\nabc");
    StoreAnswer answer = reader.read();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("abc");
    assertThat(answer.etag()).isEqualTo("a");
    assertThat(reader.reusable()).isTrue();
  }

  @Test
  void readsAnAnswerInChunks() throws IOException {
    String head = "HTTP/1.1 503 Slow Down\r\nTransfer-Encoding: chunked\r\n\r\n";
    String chunks = "5;x=y\r\n<Code\r\nE\r\n>SlowDown</Cod\r\n2\r\ne>\r\n0\r\nTrailer: t\r\n\r\n";
    AnswerReader reader = reader(head + chunks);
    StoreAnswer answer = reader.read();
    assertThat(answer.code()).isEqualTo("SlowDown");
    assertThat(reader.reusable()).isTrue();
  }

  @Test
  void readsAnAnswerThatEndsWithItsConnection() throws IOException {
    AnswerReader reader = reader("HTTP/1.1 200 OK\r\n\r\nall of it");
    assertThat(reader.read().body()).isEqualTo("all of it");
    assertThat(reader.reusable()).isFalse();
  }

  @Test
  void knowsThatAnEmptyAnswerHasNoBody() throws IOException {
    AnswerReader reader = reader("HTTP/1.1 204 No Content\r\n\r\n");
    assertThat(reader.read().body()).isEmpty();
    assertThat(reader.reusable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"
      })
  void doesNotKeepAConnectionThatTheStoreGivesUp(String answer) throws IOException {
    AnswerReader reader = reader(answer);
    assertThat(reader.read().ok()).isTrue();
    assertThat(reader.reusable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-x\r\n\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n"
      })
  void refusesWhatIsNoAnswer(String answer) {
    assertThatThrownBy(() -> reader(answer).read()).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab"
      })
  void doesNotTakeHalfAnAnswerForAWhole(String answer) {
    assertThatThrownBy(() -> reader(answer).read()).isInstanceOf(EOFException.class);
  }

  /** Gives one byte at a time, as a slow network would. */
  private static AnswerReader reader(String text) {
    ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    return new AnswerReader(buffer -> one(in, buffer));
  }

  private static boolean one(ByteArrayInputStream in, ByteBuffer buffer) {
    int octet = in.read();
    if (octet >= 0) {
      buffer.put((byte) octet);
    }
    return octet >= 0;
  }
}
