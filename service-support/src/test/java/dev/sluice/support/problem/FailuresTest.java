package dev.sluice.support.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.support.problem.CommonProblem.PartAway;
import dev.sluice.support.problem.CommonProblem.ProjectNotFound;
import io.quarkus.oidc.client.OidcClientException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final int HEARD = 50;

  @Test
  void waitsForPartsThatAreAway() {
    assertThat(
            new Throwable[] {
              new ConnectException("refused"),
              new IllegalStateException("wrapped", new IOException("reset")),
              new TimeoutException("slow"),
              new OidcClientException("OIDC Server is not available"),
              new NotLeaderOrFollowerException("moving"),
              new PgException("deadlock", "ERROR", "40P01", ""),
              new PgException("shutting down", "FATAL", "57P01", ""),
              new PartAway("Qdrant").exception()
            })
        .allMatch(Failures::isTransient);
  }

  @Test
  void waitsForAServiceThatDiesBeforeItAnswers() throws Exception {
    // Given
    Vertx vertx = Vertx.vertx();
    try (ServerSocket dying = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hangUp(dying));

      // When
      CompletableFuture<Integer> answer =
          vertx
              .createHttpClient()
              .request(HttpMethod.POST, dying.getLocalPort(), "127.0.0.1", "/")
              .flatMap(request -> request.send("x".repeat(HEARD)))
              .map(HttpClientResponse::statusCode)
              .toCompletionStage()
              .toCompletableFuture();

      // Then
      assertThat(answer)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .matches(Failures::isTransient);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Reads what is asked and goes, as a process does that is killed. */
  private static void hangUp(ServerSocket server) {
    try (Socket connection = server.accept()) {
      assertThat(connection.getInputStream().readNBytes(HEARD)).hasSize(HEARD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void doesNotWaitForWhatCanNeverSucceed() {
    assertThat(
            new Throwable[] {
              new IllegalArgumentException("role 'king'"),
              new PgException("duplicate key", "ERROR", "23505", ""),
              new ProjectNotFound("wiki").exception(),
              new NullPointerException(),
              parseFailure()
            })
        .noneMatch(Failures::isTransient);
  }

  private static Throwable parseFailure() {
    try {
      return new IllegalStateException(new ObjectMapper().readTree("{").toString());
    } catch (IOException e) {
      return e;
    }
  }
}
