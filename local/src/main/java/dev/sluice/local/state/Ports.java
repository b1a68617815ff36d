package dev.sluice.local.state;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * The ports of a stack: each name gets its preferred port when that is free, else the next free
 * one, and keeps it from then on.
 */
public final class Ports {
  private static final int LAST_PORT = 65_535;

  private final RememberedProperties remembered;
  private final Set<Integer> given = new HashSet<>();

  private Ports(RememberedProperties remembered) {
    this.remembered = remembered;
    remembered.values().forEach(port -> given.add(Integer.valueOf(port)));
  }

  /** The ports remembered in {@code ports.properties} of the folder. */
  public static Ports in(StateFolder state) {
    return new Ports(RememberedProperties.in(state, "ports.properties"));
  }

  /** The port of this name, chosen now when it has none yet. */
  public synchronized int of(String name, int preferred) {
    return Integer.parseInt(
        remembered.computeIfAbsent(name, () -> Integer.toString(choose(preferred))));
  }

  /** Gives the name another port, for one whose remembered port a stranger took meanwhile. */
  public synchronized int move(String name, int preferred) {
    remembered.forget(name);
    return of(name, preferred);
  }

  /** Whether nothing listens on this port of the loopback address. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** Some port that nothing listens on now. */
  public static int anyFree() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new LocalException("No free port at all", e);
    }
  }

  private int choose(int preferred) {
    for (int port = preferred; port <= LAST_PORT; port++) {
      if (!given.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    throw new LocalException("No free port from " + preferred + " upwards");
  }
}
