package dev.sluice.local.part;

import dev.sluice.local.process.Lifetime;
import dev.sluice.local.state.Installation;
import dev.sluice.local.state.Ports;
import dev.sluice.local.state.Secrets;
import dev.sluice.local.state.StateFolder;

/**
 * What every part is made from.
 *
 * @param installation jars and JDK
 * @param state folder of data, logs and pid files
 * @param ports ports of this stack
 * @param secrets secrets of this stack
 * @param lifetime whether processes outlive this one
 */
public record PartContext(
    Installation installation, StateFolder state, Ports ports, Secrets secrets, Lifetime lifetime) {

  /** A context of a stack that stays when the launcher ends. */
  public static PartContext detached(Installation installation, StateFolder state) {
    return new PartContext(
        installation, state, Ports.in(state), Secrets.in(state), Lifetime.DETACHED);
  }

  /** A context of servers that end with this process, for tests. */
  public static PartContext leashed(StateFolder state) {
    return new PartContext(
        Installation.locate(), state, Ports.in(state), Secrets.in(state), Lifetime.LEASHED);
  }

  /** A port of this name: the preferred one or the next free; any free one on a leash. */
  int port(PreferredPort wanted) {
    return ports.of(wanted.name(), preferred(wanted));
  }

  /** Gives the name another port. */
  void movePort(PreferredPort wanted) {
    ports.move(wanted.name(), preferred(wanted));
  }

  private int preferred(PreferredPort wanted) {
    return switch (lifetime) {
      case DETACHED -> wanted.number();
      case LEASHED -> Ports.anyFree();
    };
  }
}
