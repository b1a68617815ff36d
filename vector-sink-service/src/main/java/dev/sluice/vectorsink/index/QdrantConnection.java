package dev.sluice.vectorsink.index;

import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;

/** Opens the one connection to Qdrant; it comes back by itself when the server was away. */
@ApplicationScoped
final class QdrantConnection {
  private static final int DEFAULT_PORT = 6334;

  @Produces
  @Singleton
  QdrantClient client(QdrantConfig config) {
    URI url = config.grpcUrl();
    QdrantGrpcClient.Builder builder =
        QdrantGrpcClient.newBuilder(
                url.getHost(),
                url.getPort() < 0 ? DEFAULT_PORT : url.getPort(),
                "https".equals(url.getScheme()),
                false)
            .withTimeout(config.timeout());
    config.apiKey().ifPresent(builder::withApiKey);
    return new QdrantClient(builder.build());
  }

  void close(@Disposes QdrantClient client) {
    client.close();
  }

  @Produces
  @Singleton
  VectorIndex index(QdrantClient client) {
    return new QdrantVectorIndex(client);
  }
}
