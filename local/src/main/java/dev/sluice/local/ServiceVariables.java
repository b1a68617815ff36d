package dev.sluice.local;

import dev.sluice.local.part.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The environment variables of the four services; deploy/ sets the same names. */
record ServiceVariables(
    Endpoints endpoints, Function<Service, String> addresses, External external) {
  private static final String TRACES = "OTEL_EXPORTER_OTLP_ENDPOINT";

  Map<String, String> of(Service service, Database account, String clientSecret) {
    Map<String, String> all = new HashMap<>();
    database(account, all);
    identity(service, clientSecret, all);
    all.put("KAFKA_BOOTSTRAP_SERVERS", endpoints.kafka());
    store(all);
    all.put("SLUICE_CATALOG_URL", addresses.apply(Service.CATALOG));
    all.put(TRACES, external.companion(TRACES));
    switch (service) {
      case PROCESSING -> {
        all.put("SLUICE_RAY_ADDRESS", endpoints.ray().address());
        all.put("SLUICE_RAY_TOKEN", endpoints.ray().secret());
        all.put("SLUICE_PROCESSING_URL", addresses.apply(Service.PROCESSING));
        all.put("SLUICE_UPLOADS_URL", addresses.apply(Service.UPLOAD));
        all.put("SLUICE_VECTORS_URL", addresses.apply(Service.VECTOR_SINK));
        all.put("SLUICE_JOB_STORAGE_STS_ENDPOINT", endpoints.s3().sts());
      }
      case VECTOR_SINK -> {
        all.put("SLUICE_QDRANT_GRPC_URL", endpoints.qdrant().address());
        all.put("SLUICE_QDRANT_API_KEY", endpoints.qdrant().secret());
      }
      case UPLOAD -> {
        all.put("SLUICE_S3_SIGNING_ACCESS_KEY", endpoints.s3().signing().accessKey());
        all.put("SLUICE_S3_SIGNING_SECRET_KEY", endpoints.s3().signing().secretKey());
      }
      case CATALOG -> {}
    }
    all.values().removeIf(String::isEmpty);
    return all;
  }

  private static void database(Database account, Map<String, String> all) {
    all.put("QUARKUS_DATASOURCE_REACTIVE_URL", account.reactiveUrl());
    all.put("QUARKUS_DATASOURCE_JDBC_URL", account.jdbcUrl());
    all.put("QUARKUS_DATASOURCE_USERNAME", account.user());
    all.put("QUARKUS_DATASOURCE_PASSWORD", account.password());
  }

  private void identity(Service service, String clientSecret, Map<String, String> all) {
    all.put("QUARKUS_OIDC_AUTH_SERVER_URL", endpoints.issuer());
    all.put("QUARKUS_OIDC_CLIENT_AUTH_SERVER_URL", endpoints.issuer());
    all.put("QUARKUS_OIDC_CLIENT_CLIENT_ID", service.module());
    all.put("QUARKUS_OIDC_CLIENT_CREDENTIALS_SECRET", clientSecret);
  }

  private void store(Map<String, String> all) {
    String shown = external.companion("SLUICE_S3_PUBLIC");
    all.put("SLUICE_S3_ENDPOINT", endpoints.s3().endpoint());
    all.put("SLUICE_S3_PUBLIC_ENDPOINT", shown.isEmpty() ? endpoints.s3().endpoint() : shown);
    all.put("SLUICE_S3_REGION", endpoints.s3().region());
    all.put("SLUICE_S3_ACCESS_KEY", endpoints.s3().services().accessKey());
    all.put("SLUICE_S3_SECRET_KEY", endpoints.s3().services().secretKey());
  }
}
