package dev.sluice.client.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the store, used by one thread at a time. It never blocks for longer than its
 * limits say, and listens while it sends: a store that refuses early is heard.
 */
final class SocketConnection implements AutoCloseable {

  /** Slices up to here travel together with the head of the request. */
  private static final int SMALL = 64 * 1024;

  private static final int HEAD = 16 * 1024;
  private static final int GULP = 4 * 1024 * 1024;
  private static final Duration AFTER_RESET = Duration.ofSeconds(1);

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final SocketLimits limits;
  private final ByteBuffer out = ByteBuffer.allocateDirect(HEAD + SMALL);
  private final AnswerReader answers = new AnswerReader(this::fill);
  private Duration patience;
  private long deadline;
  private long idleSince;
  private boolean half;

  private SocketConnection(
      SocketChannel channel, Selector selector, SelectionKey key, SocketLimits limits) {
    this.channel = channel;
    this.selector = selector;
    this.key = key;
    this.limits = limits;
    this.patience = limits.answer();
    this.deadline = limits.deadline(0);
    this.idleSince = System.nanoTime();
  }

  /** Connects to the first address of the host that accepts. */
  static SocketConnection open(String host, int port, SocketLimits limits) throws IOException {
    IOException failure = new IOException("no address for " + host);
    for (InetAddress address : InetAddress.getAllByName(host)) {
      try {
        return open(new InetSocketAddress(address, port), limits);
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private static SocketConnection open(InetSocketAddress address, SocketLimits limits)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    Selector selector = null;
    try {
      selector = Selector.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      boolean connected = channel.connect(address);
      if (!connected && (selector.select(limits.connect().toMillis()) == 0)) {
        interrupted();
        throw new SocketTimeoutException("no connection to " + address);
      }
      if (!connected && !channel.finishConnect()) {
        throw new SocketTimeoutException("no connection to " + address);
      }
      selector.selectedKeys().clear();
      return new SocketConnection(channel, selector, key, limits);
    } catch (IOException | RuntimeException e) {
      channel.close();
      if (selector != null) {
        selector.close();
      }
      throw e;
    }
  }

  /** Whether nothing came or ended while it was not used. */
  boolean fresh() {
    if (System.nanoTime() - idleSince > limits.idle().toNanos()) {
      return false;
    }
    try {
      return channel.read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the store may have heard, or did say, anything of the last request. */
  boolean heard() {
    return answers.begun();
  }

  /** Whether another request may follow. */
  boolean reusable() {
    return !half && answers.reusable() && channel.isOpen();
  }

  StoreAnswer put(byte[] head, FileSlice slice) throws IOException {
    answers.next();
    deadline = limits.deadline(slice.size());
    StoreAnswer early;
    try (FileChannel file = slice.open()) {
      early = send(head, file, slice);
    }
    patience = limits.answer();
    StoreAnswer answer = early == null ? answers.read() : early;
    idleSince = System.nanoTime();
    return answer;
  }

  /** Sends everything; an answer when the store refused before it had it. */
  private @Nullable StoreAnswer send(byte[] head, FileChannel file, FileSlice slice)
      throws IOException {
    patience = limits.stall();
    long sent = begin(head, file, slice);
    StoreAnswer refusal = null;
    try {
      while (refusal == null && out.hasRemaining()) {
        refusal = channel.write(out) == 0 ? listen() : null;
      }
      while (refusal == null && sent < slice.size()) {
        long n =
            file.transferTo(slice.offset() + sent, Math.min(GULP, slice.size() - sent), channel);
        if (n == 0) {
          requireWhole(file, slice);
          refusal = listen();
        }
        sent += n;
      }
      return refusal;
    } catch (EOFException | ProtocolException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return lastWords(e);
    }
  }

  /** Puts the head, and a small slice with it, into the buffer; the bytes of the slice in there. */
  private long begin(byte[] head, FileChannel file, FileSlice slice) throws IOException {
    out.clear();
    out.put(head);
    long inside = slice.size() <= SMALL ? slice.size() : 0;
    for (long done = 0; done < inside; ) {
      out.limit((int) (head.length + inside));
      int n = file.read(out, slice.offset() + done);
      if (n < 0) {
        throw slice.shorter();
      }
      done += n;
    }
    out.flip();
    return inside;
  }

  private static void requireWhole(FileChannel file, FileSlice slice) throws IOException {
    if (file.size() < slice.offset() + slice.size()) {
      throw slice.shorter();
    }
  }

  /** Waits until the store takes more, or hears why it does not. */
  private @Nullable StoreAnswer listen() throws IOException {
    if ((await(SelectionKey.OP_WRITE | SelectionKey.OP_READ) & SelectionKey.OP_READ) == 0) {
      return null;
    }
    StoreAnswer answer = answers.readOne();
    return answer.status() < 200 ? null : refusal(answer);
  }

  /** The connection broke; perhaps the store said why before. */
  private StoreAnswer lastWords(IOException broken) throws IOException {
    patience = AFTER_RESET;
    try {
      return refusal(answers.read());
    } catch (IOException nothing) {
      broken.addSuppressed(nothing);
      throw broken;
    }
  }

  private StoreAnswer refusal(StoreAnswer answer) throws ProtocolException {
    half = true;
    if (answer.ok()) {
      throw new ProtocolException("the store took a part before it had all of it");
    }
    return answer;
  }

  private boolean fill(ByteBuffer buffer) throws IOException {
    int n = channel.read(buffer);
    while (n == 0) {
      await(SelectionKey.OP_READ);
      n = channel.read(buffer);
    }
    return n > 0;
  }

  private int await(int operations) throws IOException {
    long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
    key.interestOps(operations);
    if (left <= 0 || selector.select(Math.min(left, patience.toMillis())) == 0) {
      interrupted();
      throw new SocketTimeoutException("the store neither takes nor says anything");
    }
    selector.selectedKeys().clear();
    return key.readyOps();
  }

  private static void interrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while sending");
    }
  }

  @Override
  public void close() {
    try (channel;
        selector) {
      half = true;
    } catch (IOException e) {
      half = true; // a connection that cannot even be closed is not used again
    }
  }
}
