package dev.sluice.chaos.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.chaos.proxy.Upstream.Answer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * One address in front of one server. Requests and answers pass to the byte, so signatures over
 * {@code Host} stay good when the client signs for this address.
 */
public final class FaultProxy implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FaultProxy.class.getName());
  private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();
  private static final int CHUNK = 1 << 16;
  private static final String ERROR_XML =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          + "<Error><Code>%s</Code><Message>by the fault proxy</Message></Error>";

  private final ServerSocket server;
  private final Upstream store;
  private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
  private final AtomicInteger busy = new AtomicInteger();
  private volatile Function<Asked, Mischief> decision = asked -> Mischief.NONE;

  /**
   * A request as the decision sees it.
   *
   * @param target path and query
   * @param length bytes of the body
   */
  public record Asked(String method, String target, int length) {
    /** Whether this merges a multipart upload. */
    public boolean merges() {
      return method.equals("POST") && target.contains("uploadId=");
    }

    /** Whether this brings bytes of a file. */
    public boolean brings() {
      return method.equals("PUT") && target.contains("X-Amz-Signature=");
    }

    /** Whether this reads an object, as reading back does. */
    public boolean readsObject() {
      return method.equals("GET") && !target.contains("?") && target.indexOf('/', 1) > 0;
    }
  }

  private FaultProxy(ServerSocket server, URI upstream) {
    this.server = server;
    this.store = new Upstream(upstream);
  }

  /** A proxy that listens on this port of the loopback address. */
  public static FaultProxy start(int port, URI upstream) throws IOException {
    ServerSocket socket = new ServerSocket(port, 256, InetAddress.getLoopbackAddress());
    FaultProxy proxy = new FaultProxy(socket, upstream);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  /** Where it listens. */
  public String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** From now on asks this what to do with each request. */
  public void decide(Function<Asked, Mischief> next) {
    decision = next;
  }

  /** From now on forwards everything. */
  public void behave() {
    decision = asked -> Mischief.NONE;
  }

  /** How often each mischief was done so far. */
  public Map<String, AtomicInteger> mischiefDone() {
    return Map.copyOf(done);
  }

  /** Waits until no request is on its way, at most so long. */
  public void awaitIdle(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (busy.get() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        LOG.log(System.Logger.Level.DEBUG, "no connection", closed);
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream(), CHUNK);
      boolean goOn = true;
      while (goOn) {
        var head = HttpMessage.read(in);
        goOn = head.isPresent() && exchange(client, in, head.get());
      }
    } catch (IOException broken) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke", broken);
    }
  }

  /** One request and its answer; false when the connection is used up. */
  private boolean exchange(Socket client, InputStream in, HttpMessage head) throws IOException {
    if (head.expectsContinue()) {
      client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
    }
    byte[] body = head.body(in);
    HttpMessage request = head.without(List.of("Expect:"));
    Mischief what = decision.apply(new Asked(head.method(), head.second(), body.length));
    count(what);
    busy.incrementAndGet();
    try {
      return done(what, client, request, body) && !head.closes();
    } finally {
      busy.decrementAndGet();
    }
  }

  private boolean done(Mischief what, Socket client, HttpMessage request, byte[] body)
      throws IOException {
    OutputStream out = client.getOutputStream();
    switch (what) {
      case Mischief.None m -> {
        return store.forward(request, body, out, Answer.WHOLE);
      }
      case Mischief.Delay m -> {
        LockSupport.parkNanos(Duration.ofMillis(m.millis()).toNanos());
        return store.forward(request, body, out, Answer.WHOLE);
      }
      case Mischief.Hold m -> {
        awaitRelease(m);
        return store.forward(request, body, out, Answer.WHOLE);
      }
      case Mischief.ResetMidBody m -> {
        store.half(request, body);
        Upstream.reset(client);
        return false;
      }
      case Mischief.SlowDown m -> {
        answer(out, "503 Slow Down", ERROR_XML.formatted("SlowDown"));
        return true;
      }
      case Mischief.ErrorAfterCommit m -> {
        store.forward(request, body, OutputStream.nullOutputStream(), Answer.WHOLE);
        answer(out, "500 Internal Server Error", ERROR_XML.formatted("InternalError"));
        return true;
      }
      case Mischief.AnswerLost m -> {
        store.forward(request, body, OutputStream.nullOutputStream(), Answer.WHOLE);
        Upstream.reset(client);
        return false;
      }
      case Mischief.AnswerTruncated m -> {
        store.forward(request, body, out, Answer.HALVED);
        Upstream.reset(client);
        return false;
      }
      case Mischief.Damaged m -> {
        return store.forward(request, damaged(body), out, Answer.WHOLE);
      }
      case Mischief.AnswerDamaged m -> {
        return store.forward(request, body, out, Answer.DAMAGED);
      }
      case Mischief.OkWithError m -> {
        if (m.committed()) {
          store.forward(request, body, OutputStream.nullOutputStream(), Answer.WHOLE);
        }
        answer(out, "200 OK", ERROR_XML.formatted("InternalError"));
        return true;
      }
    }
  }

  private static byte[] damaged(byte[] body) {
    byte[] other = body.clone();
    if (other.length > 0) {
      other[other.length / 2] ^= 1;
    }
    return other;
  }

  private void count(Mischief what) {
    if (!(what instanceof Mischief.None)) {
      done.computeIfAbsent(what.getClass().getSimpleName(), n -> new AtomicInteger())
          .incrementAndGet();
    }
  }

  private static void awaitRelease(Mischief.Hold hold) {
    try {
      hold.release().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(OutputStream out, String status, String body) throws IOException {
    out.write(
        "HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.length(), body)
            .getBytes(ISO_8859_1));
    out.flush();
  }
}
