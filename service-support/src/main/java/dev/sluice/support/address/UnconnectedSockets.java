package dev.sluice.support.address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.SocketFactory;

/** Makes sockets of one kind, which their user connects. */
final class UnconnectedSockets extends SocketFactory {
  private final Supplier<Socket> kind;

  UnconnectedSockets(Supplier<Socket> kind) {
    this.kind = kind;
  }

  @Override
  public Socket createSocket() {
    return kind.get();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unconnected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw unconnected();
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    throw unconnected();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort)
      throws IOException {
    throw unconnected();
  }

  private static IOException unconnected() {
    return new IOException("only unconnected sockets are made here");
  }
}
