package dev.sluice.support.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.support.problem.CommonProblem.PartAway;
import dev.sluice.support.problem.CommonProblem.ProjectNotFound;
import io.quarkus.oidc.client.OidcClientException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.junit.jupiter.api.Test;

class FailuresTest {
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
