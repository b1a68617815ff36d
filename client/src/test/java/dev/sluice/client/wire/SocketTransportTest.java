package dev.sluice.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketTransportTest {

  private static final int FILE = 3 * 1024 * 1024;
  private static final int HUGE = 64 * 1024 * 1024;

  @TempDir private Path folder;
  private Path file;
  private byte[] content;
  private final BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
  private final StoreTransport store = new SocketTransport(SocketLimits.STANDARD);

  @BeforeEach
  void write() throws IOException {
    content = new byte[FILE];
    new Random(7).nextBytes(content);
    file = Files.write(folder.resolve("f"), content);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10_240, 65_536, 65_537, FILE - 5})
  void sendsExactlyTheSlice(int size) throws Exception {
    // Given
    try (ScriptedServer server = new ScriptedServer(peer -> take(peer, size))) {
      // When
      StoreAnswer answer =
          store.put(server.url(), Map.of("x-amz-checksum-crc32c", "AAAAAA=="), slice(5, size));

      // Then
      assertThat(answer.ok()).isTrue();
      assertThat(answer.etag()).isEqualTo("e");
      assertThat(bodies.take()).isEqualTo(Arrays.copyOfRange(content, 5, 5 + size));
      assertThat(heads.take())
          .startsWith("PUT /b/k?partNumber=1&x=a%2Fb HTTP/1.1\r\n")
          .contains("\r\nContent-Length: " + size + "\r\n")
          .contains("\r\nx-amz-checksum-crc32c: AAAAAA==\r\n")
          .contains("\r\nHost: 127.0.0.1:" + server.url().getPort() + "\r\n");
    }
  }

  @Test
  void thePlatformsClientSendsTheSameSlice() throws Exception {
    // Given
    int size = FILE - 5;
    try (ScriptedServer server = new ScriptedServer(peer -> take(peer, size));
        StoreTransport platform = new PlatformTransport()) {
      // When
      StoreAnswer answer = platform.put(server.url(), Map.of(), slice(5, size));

      // Then
      assertThat(answer.etag()).isEqualTo("e");
      assertThat(bodies.take()).isEqualTo(Arrays.copyOfRange(content, 5, FILE));
    }
  }

  @Test
  void usesAConnectionAgain() throws Exception {
    // Given
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              while (peer.request(10).length == 10) {
                peer.say(ScriptedServer.OK);
              }
            })) {
      // When
      for (int i = 0; i < 5; i++) {
        assertThat(store.put(server.url(), Map.of(), slice(0, 10)).ok()).isTrue();
      }

      // Then
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void takesANewConnectionWhenTheStoreClosedTheOldOneBetweenRequests() throws Exception {
    // Given
    try (ScriptedServer server = new ScriptedServer(peer -> take(peer, FILE))) {
      // When
      store.put(server.url(), Map.of(), slice(0, FILE));
      StoreAnswer second = store.put(server.url(), Map.of(), slice(0, FILE));

      // Then
      assertThat(second.ok()).isTrue();
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void takesANewConnectionWhenTheOldOneEndsUnderTheNextRequest() throws Exception {
    // Given
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              take(peer, 10);
              peer.head();
              peer.reset();
            },
            peer -> take(peer, FILE))) {
      // When
      store.put(server.url(), Map.of(), slice(0, 10));
      StoreAnswer second = store.put(server.url(), Map.of(), slice(0, FILE));

      // Then
      assertThat(second.ok()).isTrue();
      assertThat(bodies.take()).hasSize(10);
      assertThat(bodies.take()).isEqualTo(content);
    }
  }

  @Test
  void hearsARefusalWhileItStillSends() throws Exception {
    // Given
    FileSlice huge = huge();
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.head();
              peer.say(
                  "HTTP/1.1 400 Bad Request\r\nContent-Length: 30\r\n\r\n<Code>EntityTooLarge</Code>   ");
              peer.socketWaits();
            },
            peer -> take(peer, 10))) {
      // When
      StoreAnswer answer = store.put(server.url(), Map.of(), huge);

      // Then
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("EntityTooLarge");
      assertThat(store.put(server.url(), Map.of(), slice(0, 10)).ok()).isTrue();
      assertThat(server.connections()).as("half a request is left on the first").isEqualTo(2);
    }
  }

  @Test
  void doesNotBelieveInAPartTakenBeforeItWasSent() throws Exception {
    // Given
    FileSlice huge = huge();
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.head();
              peer.say(ScriptedServer.OK);
              peer.socketWaits();
            })) {
      // When, Then
      assertThatThrownBy(() -> store.put(server.url(), Map.of(), huge))
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void goesOnSendingAfterAnInterimAnswer() throws Exception {
    // Given
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.head();
              peer.say("HTTP/1.1 100 Continue\r\n\r\n");
              bodies.add(peer.body(FILE));
              peer.say("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ScriptedServer.OK);
            })) {
      // When
      StoreAnswer answer = store.put(server.url(), Map.of(), slice(0, FILE));

      // Then
      assertThat(answer.status()).isEqualTo(200);
      assertThat(bodies.take()).isEqualTo(content);
    }
  }

  @Test
  void saysThatTheConnectionBrokeInTheMiddleOfAPart() throws Exception {
    // Given
    FileSlice huge = huge();
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.head();
              peer.body(100_000);
              peer.reset();
            })) {
      // When, Then
      assertThatThrownBy(() -> store.put(server.url(), Map.of(), huge))
          .isInstanceOf(IOException.class);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void neverWaitsForEverForASilentStore() throws Exception {
    // Given
    Duration little = Duration.ofMillis(50);
    SocketLimits impatient = new SocketLimits(little, little, little, little, 1);
    try (ScriptedServer silent = new ScriptedServer(peer -> peer.request(FILE));
        ScriptedServer deaf = new ScriptedServer(peer -> peer.socketWaits());
        StoreTransport hasty = new SocketTransport(impatient)) {
      // When, Then
      assertThatThrownBy(() -> hasty.put(deaf.url(), Map.of(), huge()))
          .isInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(() -> hasty.put(silent.url(), Map.of(), slice(0, FILE)))
          .isInstanceOfAny(SocketTimeoutException.class, EOFException.class);
    }
  }

  @Test
  void doesNotTrustAnAnswerThatEndsEarly() throws Exception {
    // Given
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.request(10);
              peer.say("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nabc");
            })) {
      // When, Then
      assertThatThrownBy(() -> store.put(server.url(), Map.of(), slice(0, 10)))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("in the answer");
    }
  }

  @Test
  void leavesAConnectionWithMoreThanItsAnswer() throws Exception {
    // Given
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.request(10);
              peer.say(ScriptedServer.OK + "HTTP/1.1 200 OK\r\n\r\n");
              peer.head();
            })) {
      // When
      store.put(server.url(), Map.of(), slice(0, 10));
      store.put(server.url(), Map.of(), slice(0, 10));

      // Then
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void saysThatTheFileBecameShorter() throws Exception {
    // Given
    try (ScriptedServer server = new ScriptedServer(peer -> take(peer, FILE))) {
      // When, Then
      assertThatThrownBy(() -> store.put(server.url(), Map.of(), slice(10, FILE)))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("shorter");
    }
  }

  private void take(ScriptedServer.Peer peer, int size) throws IOException {
    heads.add(peer.head());
    bodies.add(peer.body(size));
    peer.say(ScriptedServer.OK);
  }

  private FileSlice slice(long offset, long size) {
    return new FileSlice(file, offset, size);
  }

  private FileSlice huge() throws IOException {
    Path huge = folder.resolve("huge");
    try (var channel = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
      channel.setLength(HUGE);
    }
    return new FileSlice(huge, 0, HUGE);
  }
}
