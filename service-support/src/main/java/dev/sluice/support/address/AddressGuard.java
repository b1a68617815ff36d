package dev.sluice.support.address;

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
  private final String settings;
  private final List<AddressRange> allowed;
  private final PortRanges ports;
  private final Resolver resolver;

  private AddressGuard(Rules rules, Resolver resolver) {
    this.settings = rules.settings;
    this.allowed = rules.addresses.stream().map(AddressRange::of).toList();
    this.ports = PortRanges.of(rules.ports);
    this.resolver = resolver;
  }

  /**
   * The guard of these rules, with the system's resolver.
   *
   * @throws IllegalArgumentException naming a range or port that is none
   */
  public static AddressGuard of(Rules rules) {
    return of(rules, InetAddress::getAllByName);
  }

  /** As {@link #of(Rules)}, with a resolver of the caller's. */
  public static AddressGuard of(Rules rules, Resolver resolver) {
    return new AddressGuard(rules, resolver);
  }

  /**
   * The addresses of a host, all of them checked.
   *
   * @param host a name or an address, of IPv6 with or without brackets
   * @throws AddressException.Refused when the port or any of the addresses is not allowed
   * @throws AddressException.Unknown when the name cannot be resolved
   */
  public List<InetAddress> resolve(String host, int port) throws AddressException {
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

  private List<InetAddress> lookUp(HostName name) throws AddressException {
    try {
      InetAddress[] found = resolver.lookUp(name.value());
      if (found.length > 0) {
        return List.of(found);
      }
    } catch (UnknownHostException e) {
      throw new AddressException.Unknown("host '" + name.value() + "' is not known", e);
    }
    throw new AddressException.Unknown("host '" + name.value() + "' has no address");
  }

  /** Checks the port, how the host is written, and the address when it is one; looks nothing up. */
  public void checkWritten(String host, int port) throws AddressException.Refused {
    checkPort(host, port);
    HostName name = HostName.of(host);
    Optional<InetAddress> literal = name.literal();
    if (literal.isPresent()) {
      checkAddress(name.value(), literal.orElseThrow());
    }
  }

  private void checkPort(String host, int port) throws AddressException.Refused {
    if (!ports.has(port)) {
      throw new AddressException.Refused(
          "port %d of '%s' is not allowed: %s.allowed-ports"
              .formatted(port, ShownText.of(host), settings));
    }
  }

  private void check(String host, InetAddress address, int port) throws AddressException.Refused {
    checkPort(host, port);
    checkAddress(host, address);
  }

  private void checkAddress(String host, InetAddress address) throws AddressException.Refused {
    Optional<String> fault = PublicAddresses.faultOf(address);
    if (fault.isPresent() && allowed.stream().noneMatch(range -> range.has(address))) {
      // The address itself is not told: names of inside would be resolved for strangers.
      throw new AddressException.Refused(
          "host '%s' leads to an address that is not public (%s): %s.allowed-addresses"
              .formatted(host, fault.orElseThrow(), settings));
    }
  }

  /** Sockets that connect to allowed addresses only; they are made unconnected. */
  public SocketFactory sockets() {
    return new UnconnectedSockets(GuardedSocket::new);
  }

  /** An unconnected socket that connects to allowed addresses only. */
  public Socket socket() {
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
    } catch (AddressException e) {
      UnknownHostException refused = new UnknownHostException(e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }

  /**
   * What an administrator allows.
   *
   * @param settings prefix of the settings that say so, for messages
   * @param addresses ranges such as {@code 10.1.0.0/16} that are allowed although not public
   * @param ports each a number or a range such as {@code 9000-9010}
   */
  public record Rules(String settings, List<String> addresses, List<String> ports) {
    public Rules {
      addresses = List.copyOf(addresses);
      ports = List.copyOf(ports);
    }
  }

  /** Turns a name into all its addresses. */
  @FunctionalInterface
  public interface Resolver {
    InetAddress[] lookUp(String name) throws UnknownHostException;
  }

  private final class GuardedSocket extends WideSocket {
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress to) || to.isUnresolved()) {
        throw new AddressException.Refused("no checked address: " + endpoint);
      }
      check(to.getHostString(), to.getAddress(), to.getPort());
      super.connect(endpoint, timeout);
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }
  }
}
