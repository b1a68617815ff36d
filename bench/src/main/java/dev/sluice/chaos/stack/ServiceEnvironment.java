package dev.sluice.chaos.stack;

import dev.sluice.local.part.Database;
import dev.sluice.local.part.S3Part;
import dev.sluice.local.state.Installation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The variables of a service, by the names that every deployment uses. */
record ServiceEnvironment(
    Database database, String broker, String issuer, String catalog, S3Part s3) {

  private static final String BUCKET_PREFIX = "sluice-";

  Map<String, String> of(
      String service,
      String clientSecret,
      String storeAddress,
      String shownAddress,
      Map<String, String> more) {
    Map<String, String> all = new HashMap<>();
    all.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl());
    all.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
    all.put("QUARKUS_DATASOURCE_USERNAME", database.user());
    all.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
    all.put("QUARKUS_OIDC_AUTH_SERVER_URL", issuer);
    all.put("QUARKUS_OIDC_CLIENT_AUTH_SERVER_URL", issuer);
    all.put("QUARKUS_OIDC_CLIENT_CLIENT_ID", service);
    all.put("QUARKUS_OIDC_CLIENT_CREDENTIALS_SECRET", clientSecret);
    all.put("KAFKA_BOOTSTRAP_SERVERS", broker);
    all.put("SLUICE_S3_ENDPOINT", storeAddress);
    all.put("SLUICE_S3_PUBLIC_ENDPOINT", shownAddress);
    all.put("SLUICE_S3_REGION", S3Part.REGION);
    all.put("SLUICE_S3_ACCESS_KEY", s3.accessKey());
    all.put("SLUICE_S3_SECRET_KEY", s3.secretKey());
    all.put("SLUICE_S3_SIGNING_ACCESS_KEY", s3.signing(BUCKET_PREFIX).accessKey());
    all.put("SLUICE_S3_SIGNING_SECRET_KEY", s3.signing(BUCKET_PREFIX).secretKey());
    all.put("SLUICE_CATALOG_URL", catalog);
    all.put("JAVA_TOOL_OPTIONS", agentsAllowed() + missedSoon() + quickStart(service));
    all.putAll(more);
    return all;
  }

  private static String agentsAllowed() {
    return "-XX:+EnableDynamicAgentLoading";
  }

  /** A killed consumer is missed soon: else every trial waits 45 s for the group to notice. */
  private static String missedSoon() {
    return " -Dmp.messaging.connector.smallrye-kafka.session.timeout.ms=6000"
        + " -Dmp.messaging.connector.smallrye-kafka.heartbeat.interval.ms=1500";
  }

  /** Classes as an earlier run left them at its good end: half the time of every restart. */
  private static String quickStart(String service) {
    Path archive = Installation.locate().root().resolve("bench/target").resolve(service + ".jsa");
    return " -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=" + archive;
  }
}
