package dev.sluice.upload.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * Decides which addresses this service may connect to because somebody named them, whatever the
 * protocol.
 *
 * <p>A host is looked up once and refused when any of its addresses is. The sockets given out check
 * again, at the moment of connecting, the very address that is connected to: nothing that a
 * resolver says in between, no redirect and no address written as a number gets past them.
 */
public final class AddressGuard {
  private final List<AddressRange> allowed;
  private final PortRanges ports;
  private final Resolver resolver;

  AddressGuard(List<AddressRange> allowed, PortRanges ports, Resolver resolver) {
    this.allowed = List.copyOf(allowed);
    this.ports = ports;
    this.resolver = resolver;
  }

  /**
   * The guard of a configuration, with the system's resolver.
   *
   * @throws IllegalArgumentException naming a range or port that is none
   */
  public static AddressGuard of(SourceConfig config) {
    return new AddressGuard(
        config.allowedAddresses().orElse(List.of()).stream().map(AddressRange::of).toList(),
        PortRanges.of(config.allowedPorts()),
        InetAddress::getAllByName);
  }

  /**
   * The addresses of a host, all of them checked.
   *
   * @param host a name or an address, of IPv6 with or without brackets
   * @throws SourceException.Refused when the port or any of the addresses is not allowed
   * @throws SourceException.Unreachable when the name cannot be resolved
   */
  public List<InetAddress> resolve(String host, int port) throws SourceException {
    checkWritten(host, port);
    HostName name = HostName.of(host);
    Optional<InetAddress> literal = name.literal();
    List<InetAddress> addresses =
        literal.isPresent() ? List.of(literal.orElseThrow()) : lookUp(name);
    for (InetAddress address : addresses) {
      check(name.value(), address, port);
    }
    return addresses;
  }

  private List<InetAddress> lookUp(HostName name) throws SourceException {
    try {
      InetAddress[] found = resolver.lookUp(name.value());
      if (found.length > 0) {
        return List.of(found);
      }
    } catch (UnknownHostException e) {
      throw new SourceException.Unreachable("host '" + name.value() + "' is not known", e);
    }
    throw new SourceException.Unreachable("host '" + name.value() + "' has no address");
  }

  /** Checks the port, how the host is written, and the address when it is one; looks nothing up. */
  void checkWritten(String host, int port) throws SourceException.Refused {
    checkPort(host, port);
    HostName name = HostName.of(host);
    Optional<InetAddress> literal = name.literal();
    if (literal.isPresent()) {
      checkAddress(name.value(), literal.orElseThrow());
    }
  }

  private void checkPort(String host, int port) throws SourceException.Refused {
    if (!ports.has(port)) {
      throw new SourceException.Refused(
          "port %d of '%s' is not allowed: sluice.import.allowed-ports"
              .formatted(port, Text.shown(host)));
    }
  }

  private void check(String host, InetAddress address, int port) throws SourceException.Refused {
    checkPort(host, port);
    checkAddress(host, address);
  }

  private void checkAddress(String host, InetAddress address) throws SourceException.Refused {
    Optional<String> fault = PublicAddresses.faultOf(address);
    if (fault.isPresent() && allowed.stream().noneMatch(range -> range.has(address))) {
      // The address itself is not told: names of inside would be resolved for strangers.
      throw new SourceException.Refused(
          "host '%s' leads to an address that is not public (%s): sluice.import.allowed-addresses"
              .formatted(host, fault.orElseThrow()));
    }
  }

  /** Sockets that connect to allowed addresses only; they are made unconnected. */
  public SocketFactory sockets() {
    return new GuardedSockets();
  }

  /** An unconnected socket that connects to allowed addresses only. */
  Socket socket() {
    return new GuardedSocket();
  }

  /** A resolver for HTTP clients: it answers only when every address is allowed. */
  List<InetAddress> lookUpAllowed(String host) throws UnknownHostException {
    try {
      HostName name = HostName.of(host);
      List<InetAddress> addresses = lookUp(name);
      for (InetAddress address : addresses) {
        checkAddress(host, address);
      }
      return addresses;
    } catch (SourceException e) {
      UnknownHostException refused = new UnknownHostException(e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }

  /** Turns a name into all its addresses. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] lookUp(String name) throws UnknownHostException;
  }

  private final class GuardedSocket extends Socket {
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress to) || to.isUnresolved()) {
        throw new SourceException.Refused("no checked address: " + endpoint);
      }
      check(to.getHostString(), to.getAddress(), to.getPort());
      super.connect(endpoint, timeout);
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }
  }

  private final class GuardedSockets extends SocketFactory {
    @Override
    public Socket createSocket() {
      return new GuardedSocket();
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
}
