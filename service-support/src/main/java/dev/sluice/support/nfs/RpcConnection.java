package dev.sluice.support.nfs;

import dev.sluice.support.address.AddressException;
import dev.sluice.support.address.AddressGuard;
import dev.sluice.support.address.ShownText;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** One TCP connection of ONC RPC (RFC 5531), one call at a time, through a guarded socket. */
final class RpcConnection implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RpcConnection.class);
  private static final int LONGEST_ANSWER = 2 << 20;
  private static final int LAST_FRAGMENT = 1 << 31;
  private static final int VERSION = 2;
  private static final int AUTH_SYS = 1;
  private static final int LONGEST_VERIFIER = 400;

  /** Many servers take only clients that could get a low port; who cannot goes without. */
  private static final int LOW_PORTS = 5;

  private static final int LOWEST_PRIVILEGED = 700;
  private static final int PRIVILEGED = 1_024;

  private final Socket socket;
  private final String server;
  private final RpcUser user;
  private final DataInputStream in;
  private final DataOutputStream out;
  private int lastCall = ThreadLocalRandom.current().nextInt();

  private RpcConnection(Socket socket, String server, RpcUser user) throws IOException {
    this.socket = socket;
    this.server = server;
    this.user = user;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** Connects to the first of the host's addresses, all of which the guard has let pass. */
  static RpcConnection to(
      AddressGuard guard, String host, int port, RpcUser user, Duration connect, Duration read)
      throws NfsException {
    InetAddress address = resolved(guard, host, port);
    String server = "nfs server '" + ShownText.of(host) + "' port " + port;
    InetSocketAddress to = new InetSocketAddress(address, port);
    for (int low = 1; low <= LOW_PORTS; low++) {
      Optional<RpcConnection> connection = connected(guard, to, true, server, user, connect, read);
      if (connection.isPresent()) {
        return connection.orElseThrow();
      }
    }
    return connected(guard, to, false, server, user, connect, read)
        .orElseThrow(() -> new NfsException.Unreachable(server + ": no port of ours is free"));
  }

  private static InetAddress resolved(AddressGuard guard, String host, int port)
      throws NfsException {
    try {
      return guard.resolve(host, port).getFirst();
    } catch (AddressException e) {
      throw NfsException.of(e);
    }
  }

  /** Empty when the low port that was tried is taken, or not for us. */
  private static Optional<RpcConnection> connected(
      AddressGuard guard,
      InetSocketAddress to,
      boolean low,
      String server,
      RpcUser user,
      Duration connect,
      Duration read)
      throws NfsException {
    Socket socket = guard.socket();
    try {
      if (low) {
        int port = ThreadLocalRandom.current().nextInt(LOWEST_PRIVILEGED, PRIVILEGED);
        socket.bind(new InetSocketAddress(port));
      }
      socket.setSoTimeout((int) read.toMillis());
      socket.setTcpNoDelay(true);
      socket.connect(to, (int) connect.toMillis());
      return Optional.of(new RpcConnection(socket, server, user));
    } catch (BindException e) {
      LOG.debugf("no low port: %s", e.getMessage());
      close(socket);
      return Optional.empty();
    } catch (IOException e) {
      close(socket);
      throw failed(server, e);
    }
  }

  /** The answer's results, once the server has accepted the call. */
  Xdr.In call(int program, int version, int procedure, byte[] arguments) throws NfsException {
    lastCall++;
    Xdr.Out call =
        new Xdr.Out()
            .number(lastCall)
            .number(0)
            .number(VERSION)
            .number(program)
            .number(version)
            .number(procedure)
            .number(AUTH_SYS)
            .opaque(
                new Xdr.Out()
                    .number(0)
                    .text("sluice")
                    .number(user.uid())
                    .number(user.gid())
                    .number(0)
                    .bytes())
            .number(0)
            .number(0)
            .fixed(arguments);
    try {
      byte[] bytes = call.bytes();
      out.writeInt(bytes.length | LAST_FRAGMENT);
      out.write(bytes);
      out.flush();
      return accepted(new Xdr.In(answer()));
    } catch (IOException e) {
      throw failed(server, e);
    }
  }

  private byte[] answer() throws IOException {
    byte[] all = new byte[0];
    boolean last = false;
    while (!last) {
      int mark = in.readInt();
      int length = mark & ~LAST_FRAGMENT;
      last = (mark & LAST_FRAGMENT) != 0;
      if (length > LONGEST_ANSWER - all.length || (length == 0 && !last)) {
        throw new NfsException.Invalid(server + ": an answer is too long");
      }
      byte[] joined = Arrays.copyOf(all, all.length + length);
      in.readFully(joined, all.length, length);
      all = joined;
    }
    return all;
  }

  private Xdr.In accepted(Xdr.In answer) throws NfsException {
    boolean mine = answer.number() == lastCall && answer.number() == 1;
    if (!mine) {
      throw new NfsException.Invalid(server + ": answers what was not asked");
    }
    if (answer.number() != 0) {
      throw new NfsException.Gone(server + ": denies the call");
    }
    answer.number();
    answer.opaque(LONGEST_VERIFIER);
    int status = answer.number();
    if (status != 0) {
      throw new NfsException.Gone(server + ": does not take the call (" + status + ")");
    }
    return answer;
  }

  private static NfsException failed(String server, IOException e) {
    return NfsException.in(e)
        .orElseGet(() -> new NfsException.Unreachable(server + ": " + e.getMessage(), e));
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debugf("not closed: %s", e.getMessage());
    }
  }

  @Override
  public void close() {
    close(socket);
  }
}
