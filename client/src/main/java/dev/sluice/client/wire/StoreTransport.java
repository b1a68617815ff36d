package dev.sluice.client.wire;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;

/** Sends slices of files by presigned URL; shared by many threads. */
public interface StoreTransport extends AutoCloseable {

  /**
   * Sends a slice as the body of a PUT.
   *
   * @return the answer, also when it is a refusal
   * @throws IOException when there is no whole answer: the store may or may not have the bytes
   */
  StoreAnswer put(URI url, Map<String, String> headers, FileSlice slice) throws IOException;

  @Override
  void close();

  /** Sockets of our own for plain HTTP without a proxy, the platform's client for the rest. */
  static StoreTransport open() {
    return new ChosenTransport(new SocketTransport(SocketLimits.STANDARD), new PlatformTransport());
  }

  /** Chooses by the URL. */
  record ChosenTransport(StoreTransport sockets, StoreTransport platform)
      implements StoreTransport {

    @Override
    public StoreAnswer put(URI url, Map<String, String> headers, FileSlice slice)
        throws IOException {
      return (plain(url) ? sockets : platform).put(url, headers, slice);
    }

    private static boolean plain(URI url) {
      return "http".equals(url.getScheme())
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && direct(url);
    }

    private static boolean direct(URI url) {
      ProxySelector selector = ProxySelector.getDefault();
      return selector == null
          || selector.select(url).stream().allMatch(proxy -> proxy.type() == Proxy.Type.DIRECT);
    }

    @Override
    public void close() {
      sockets.close();
      platform.close();
    }
  }
}
