package dev.sluice.support.storage;

import dev.sluice.support.address.GuardedHttp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * Connections to Sluice's own store: many at once, made for large bodies. The clients' own would
 * read every certificate of the machine, which takes seconds and is needless for a store without
 * TLS, and ask one store five things at a time.
 */
public final class StoreHttp {
  private static final int AT_ONCE = 64;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(1);

  private StoreHttp() {}

  /** A client with connections and threads of its own. */
  public static OkHttpClient.Builder client(StorageConfig config) {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(AT_ONCE);
    dispatcher.setMaxRequestsPerHost(AT_ONCE);
    return GuardedHttp.ownStore(CONNECT, ANSWER)
        .newBuilder()
        .dispatcher(dispatcher)
        .connectionPool(new ConnectionPool(AT_ONCE, 1, TimeUnit.MINUTES))
        .connectionSpecs(
            List.of(
                "http".equals(config.endpoint().getScheme())
                    ? ConnectionSpec.CLEARTEXT
                    : ConnectionSpec.MODERN_TLS));
  }
}
