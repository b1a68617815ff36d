package dev.sluice.chaos.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
  private static final int PATIENCE_MILLIS = 30_000;
  private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();
  private static final int CHUNK = 1 << 16;
  private static final String ERROR_XML =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          + "<Error><Code>%s</Code><Message>by the fault proxy</Message></Error>";

  private final ServerSocket server;
  private final URI upstream;
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
  }

  private FaultProxy(ServerSocket server, URI upstream) {
    this.server = server;
    this.upstream = upstream;
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
        return forward(request, body, out, false);
      }
      case Mischief.Delay m -> {
        LockSupport.parkNanos(Duration.ofMillis(m.millis()).toNanos());
        return forward(request, body, out, false);
      }
      case Mischief.Hold m -> {
        awaitRelease(m);
        return forward(request, body, out, false);
      }
      case Mischief.ResetMidBody m -> {
        half(request, body);
        reset(client);
        return false;
      }
      case Mischief.SlowDown m -> {
        answer(out, "503 Slow Down", ERROR_XML.formatted("SlowDown"));
        return true;
      }
      case Mischief.ErrorAfterCommit m -> {
        forward(request, body, OutputStream.nullOutputStream(), false);
        answer(out, "500 Internal Server Error", ERROR_XML.formatted("InternalError"));
        return true;
      }
      case Mischief.AnswerLost m -> {
        forward(request, body, OutputStream.nullOutputStream(), false);
        reset(client);
        return false;
      }
      case Mischief.AnswerTruncated m -> {
        forward(request, body, out, true);
        reset(client);
        return false;
      }
      case Mischief.OkWithError m -> {
        if (m.committed()) {
          forward(request, body, OutputStream.nullOutputStream(), false);
        }
        answer(out, "200 OK", ERROR_XML.formatted("InternalError"));
        return true;
      }
    }
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

  /** Sends the request on and the answer back; false when the answer ends the connection. */
  private boolean forward(HttpMessage request, byte[] body, OutputStream out, boolean halved)
      throws IOException {
    try (Socket store = connect()) {
      OutputStream to = store.getOutputStream();
      HttpMessage single = request.without(List.of("Connection:"));
      to.write(closing(single).bytes());
      to.write(body);
      to.flush();
      InputStream from = new BufferedInputStream(store.getInputStream(), CHUNK);
      HttpMessage head = HttpMessage.read(from).orElseThrow(() -> new IOException("no answer"));
      while (head.second().equals("100")) {
        head = HttpMessage.read(from).orElseThrow(() -> new IOException("no answer"));
      }
      HttpMessage shown = head.without(List.of("Connection:"));
      boolean bodiless =
          request.method().equals("HEAD") || List.of("204", "304").contains(head.second());
      boolean framed = bodiless || head.chunked() || head.header("Content-Length").isPresent();
      out.write((framed ? shown : closing(shown)).bytes());
      if (!bodiless) {
        pass(from, out, length(head), halved);
      }
      out.flush();
      return framed;
    }
  }

  /** Bytes to pass on; a chunked body ends with the connection, since we asked to close it. */
  private static long length(HttpMessage head) {
    return head.chunked()
        ? Long.MAX_VALUE
        : head.header("Content-Length").map(Long::parseLong).orElse(Long.MAX_VALUE);
  }

  private static void pass(InputStream from, OutputStream out, long length, boolean halved)
      throws IOException {
    long left = halved && length != Long.MAX_VALUE ? length / 2 : halved ? 1 : length;
    byte[] buffer = new byte[CHUNK];
    while (left > 0) {
      int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        if (length != Long.MAX_VALUE) {
          throw new IOException("the store's answer is cut");
        }
        return;
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private void half(HttpMessage request, byte[] body) throws IOException {
    try (Socket store = connect()) {
      store.getOutputStream().write(request.bytes());
      store.getOutputStream().write(body, 0, body.length / 2);
      store.getOutputStream().flush();
      reset(store);
    }
  }

  private Socket connect() throws IOException {
    Socket store = new Socket(upstream.getHost(), upstream.getPort());
    store.setSoTimeout(PATIENCE_MILLIS);
    store.setTcpNoDelay(true);
    return store;
  }

  private static HttpMessage closing(HttpMessage head) {
    String text = head.text();
    return new HttpMessage(text.substring(0, text.length() - 2) + "Connection: close\r\n\r\n");
  }

  private static void answer(OutputStream out, String status, String body) throws IOException {
    out.write(
        "HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.length(), body)
            .getBytes(ISO_8859_1));
    out.flush();
  }

  /** The next the other side hears is a reset. */
  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
