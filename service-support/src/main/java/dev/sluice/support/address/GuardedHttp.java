package dev.sluice.support.address;

import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** HTTP clients that reach allowed addresses only, and follow no redirect by themselves. */
public final class GuardedHttp {
  private static final int IDLE_CONNECTIONS = 32;

  private GuardedHttp() {}

  /**
   * A client behind the guard. It uses no proxy of the system, for which the guard would see the
   * proxy's address only, and HTTP/1.1, in which ranges read at once have connections of their own.
   */
  public static OkHttpClient client(
      AddressGuard guard, Duration connectTimeout, Duration readTimeout) {
    return plain(connectTimeout, readTimeout)
        .dns(guard::lookUpAllowed)
        .socketFactory(guard.sockets())
        .addInterceptor(
            chain -> {
              // Addresses written as numbers never reach the resolver.
              HttpUrl url = chain.request().url();
              guard.checkWritten(url.host(), url.port());
              return chain.proceed(chain.request());
            })
        .build();
  }

  /** A client for the address of Sluice's own store, which an administrator chose. */
  public static OkHttpClient ownStore(Duration connectTimeout, Duration readTimeout) {
    return plain(connectTimeout, readTimeout).build();
  }

  private static OkHttpClient.Builder plain(Duration connectTimeout, Duration readTimeout) {
    return new OkHttpClient.Builder()
        .socketFactory(new UnconnectedSockets(WideSocket::new))
        .proxy(Proxy.NO_PROXY)
        .followRedirects(false)
        .followSslRedirects(false)
        .protocols(List.of(Protocol.HTTP_1_1))
        .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 1, TimeUnit.MINUTES))
        .connectTimeout(connectTimeout)
        .readTimeout(readTimeout)
        .writeTimeout(readTimeout);
  }
}
