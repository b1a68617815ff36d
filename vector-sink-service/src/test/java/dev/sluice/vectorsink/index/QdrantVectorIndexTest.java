package dev.sluice.vectorsink.index;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.support.problem.Failures;
import dev.sluice.support.problem.ProblemException;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract against Qdrant's engine behind Qdrant's own gRPC interface. */
class QdrantVectorIndexTest extends VectorIndexContract {
  private static @Nullable QdrantClient client;

  @BeforeAll
  static void connect() {
    Optional<URI> server = DevQdrant.address();
    Assumptions.assumeTrue(server.isPresent(), "not run: " + DevQdrant.whyNot());
    client = clientOf(server.orElseThrow());
  }

  @AfterAll
  static void close() {
    if (client != null) {
      client.close();
    }
  }

  @Override
  VectorIndex index() {
    if (client == null) {
      throw new IllegalStateException("not connected");
    }
    return new QdrantVectorIndex(client);
  }

  @Test
  void saysThatAServerThatIsAwayIsAway() {
    // Given
    try (QdrantClient nobody = clientOf(URI.create("http://127.0.0.1:1"))) {
      VectorIndex index = new QdrantVectorIndex(nobody);

      // Then
      assertThatThrownBy(() -> index.isGreen("any").await().atMost(Duration.ofSeconds(10)))
          .isInstanceOf(ProblemException.class)
          .satisfies(e -> Assertions.assertThat(Failures.isTransient(e)).isTrue());
    }
  }

  private static QdrantClient clientOf(URI address) {
    return new QdrantClient(
        QdrantGrpcClient.newBuilder(address.getHost(), address.getPort(), false, false)
            .withTimeout(Duration.ofSeconds(10))
            .build());
  }
}
