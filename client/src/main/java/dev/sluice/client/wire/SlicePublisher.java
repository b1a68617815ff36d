package dev.sluice.client.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** Gives a slice of a file piece by piece, as fast as it is asked for. */
record SlicePublisher(FileSlice slice) implements Publisher<ByteBuffer> {

  private static final int PIECE = 64 * 1024;

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(new Reading(slice, subscriber));
  }

  private static final class Reading implements Subscription {

    private final FileSlice slice;
    private final Subscriber<? super ByteBuffer> subscriber;
    private long wanted;
    private long sent;
    private boolean giving;
    private boolean over;

    Reading(FileSlice slice, Subscriber<? super ByteBuffer> subscriber) {
      this.slice = slice;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      synchronized (this) {
        wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n;
        if (giving) {
          return; // asked again from within onNext: the loop below goes on
        }
        giving = true;
      }
      give();
    }

    private void give() {
      try (FileChannel channel = slice.open()) {
        while (claim()) {
          subscriber.onNext(piece(channel));
        }
        if (ended()) {
          subscriber.onComplete();
        }
      } catch (IOException e) {
        cancel();
        subscriber.onError(e);
      }
    }

    private synchronized boolean claim() {
      giving = !over && wanted > 0 && sent < slice.size();
      wanted -= giving ? 1 : 0;
      return giving;
    }

    private synchronized boolean ended() {
      boolean whole = !over && sent == slice.size();
      over |= whole;
      return whole;
    }

    private ByteBuffer piece(FileChannel channel) throws IOException {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, slice.size() - sent));
      while (piece.hasRemaining()) {
        int n = channel.read(piece, slice.offset() + sent);
        if (n < 0) {
          throw slice.shorter();
        }
        sent += n;
      }
      return piece.flip();
    }

    @Override
    public synchronized void cancel() {
      over = true;
    }
  }
}
