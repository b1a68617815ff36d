package dev.sluice.support.nfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.support.address.AddressGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Mounts, that is: asks for the handle of an export, without any file system of this machine. */
public final class NfsServer {
  private static final int MAPPER_PORT = 111;
  private static final int MAPPER = 100_000;
  private static final int MAPPER_VERSION = 2;
  private static final int GETPORT = 3;
  private static final int TCP = 6;
  private static final int MOUNT = 100_005;
  private static final int MOUNT_VERSION = 3;
  private static final int MNT = 1;
  private static final int EXPORT = 5;
  private static final int LONGEST_PATH = 1_024;
  private static final int MOST_EXPORTS = 10_000;

  private final AddressGuard guard;
  private final NfsPlace place;
  private final RpcUser user;
  private final Duration connect;
  private final Duration read;

  /** As nobody, which is enough for reading what everybody may read. */
  public NfsServer(AddressGuard guard, NfsPlace place, Duration connect, Duration read) {
    this(guard, place, RpcUser.NOBODY, connect, read);
  }

  /** As the user of that number. */
  public NfsServer(
      AddressGuard guard, NfsPlace place, RpcUser user, Duration connect, Duration read) {
    this.guard = guard;
    this.place = place;
    this.user = user;
    this.connect = connect;
    this.read = read;
  }

  /** A connection of its own; several can read at once. */
  public NfsSession session() throws NfsException {
    return new NfsSession(connection(place.port()), place.shown());
  }

  /** The longest export that the path lies in. */
  public Root mount() throws NfsException {
    int port = place.mountPort() == 0 ? mappedPort() : place.mountPort();
    try (RpcConnection mount = connection(port)) {
      List<String> export = export(mount);
      Xdr.In in =
          mount.call(
              MOUNT,
              MOUNT_VERSION,
              MNT,
              new Xdr.Out().text("/" + String.join("/", export)).bytes());
      int status = in.number();
      if (status != 0) {
        throw new NfsException.Gone(place.shown() + ": not given out to us (" + status + ")");
      }
      return new Root(NfsFile.handle(in), place.path().subList(export.size(), place.path().size()));
    }
  }

  private int mappedPort() throws NfsException {
    try (RpcConnection mapper = connection(MAPPER_PORT)) {
      int port =
          mapper
              .call(
                  MAPPER,
                  MAPPER_VERSION,
                  GETPORT,
                  new Xdr.Out().number(MOUNT).number(MOUNT_VERSION).number(TCP).number(0).bytes())
              .number();
      if (port <= 0) {
        throw new NfsException.Gone(place.shown() + ": serves no mount protocol over TCP");
      }
      return port;
    }
  }

  private List<String> export(RpcConnection mount) throws NfsException {
    Xdr.In in = mount.call(MOUNT, MOUNT_VERSION, EXPORT, new byte[0]);
    List<List<String>> exports = new ArrayList<>();
    while (in.yes() && exports.size() < MOST_EXPORTS) {
      String path = new String(in.opaque(LONGEST_PATH), UTF_8);
      exports.add(Arrays.stream(path.split("/", -1)).filter(s -> !s.isEmpty()).toList());
      while (in.yes()) {
        in.opaque(LONGEST_PATH);
      }
    }
    return exports.stream()
        .filter(e -> e.size() <= place.path().size())
        .filter(e -> e.equals(place.path().subList(0, e.size())))
        .max(Comparator.comparingInt(List::size))
        .orElseThrow(
            () -> new NfsException.Gone(place.shown() + ": in none of the server's exports"));
  }

  private RpcConnection connection(int port) throws NfsException {
    return RpcConnection.to(guard, place.host(), port, user, connect, read);
  }

  /**
   * Where to begin.
   *
   * @param rest from the export to the place asked for
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Root(byte[] handle, List<String> rest) {}
}
