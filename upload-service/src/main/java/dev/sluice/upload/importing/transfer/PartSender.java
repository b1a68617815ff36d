package dev.sluice.upload.importing.transfer;

import dev.sluice.support.storage.StorageConfig;
import dev.sluice.support.storage.StoreHttp;
import dev.sluice.upload.importing.transfer.Run.Tally;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.zip.CRC32C;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** PUTs parts to presigned addresses of the store, straight from a stream. */
final class PartSender {
  private static final int SERVER_ERROR = 500;

  /** Refused, unknown, busy: a later attempt asks the store what it knows. */
  private static final Set<Integer> AGAIN = Set.of(403, 404, 429);

  private static final int LONGEST_ERROR = 600;

  private final OkHttpClient http;
  private final int buffer;

  PartSender(StorageConfig store, int buffer) {
    this.buffer = buffer;
    this.http =
        StoreHttp.client(store)
            .readTimeout(Duration.ofMinutes(2))
            .retryOnConnectionFailure(false)
            .build();
  }

  /**
   * Sends exactly {@code length} bytes of the stream.
   *
   * @throws StoreAway when the store did not take them and may do so later
   * @throws IOException when the stream gave up, or the store refuses for good
   */
  Sent put(URI url, long length, InputStream bytes, Run run, Tally tally) throws IOException {
    StreamBody body = new StreamBody(bytes, length, buffer, run, tally);
    boolean taken = false;
    Request request = new Request.Builder().url(url.toString()).put(body).build();
    try (Response answer = http.newCall(request).execute()) {
      if (answer.isSuccessful()) {
        taken = true;
        return new Sent(String.valueOf(answer.header("ETag")).replace("\"", ""), body.crc32c());
      }
      String said = answer.peekBody(LONGEST_ERROR).string();
      int status = answer.code();
      if (status >= SERVER_ERROR || AGAIN.contains(status)) {
        throw new StoreAway("the store answers " + status + " " + said, null);
      }
      throw new IllegalStateException("the store refuses a part: " + status + " " + said);
    } catch (IOException e) {
      throw body.sourceFailure() != null || e instanceof StoreAway
          ? e
          : new StoreAway("the store broke off: " + e.getMessage(), e);
    } finally {
      if (!taken) {
        tally.add(-body.written());
      }
    }
  }

  /**
   * A part that the store has.
   *
   * @param crc32c as S3 writes it: base64 of four bytes, the highest first
   */
  record Sent(String etag, String crc32c) {}

  /** The store did not take a part; trying again may help. */
  static final class StoreAway extends IOException {
    StoreAway(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Bytes of a stream, summed up while they pass; never more than one buffer of them is held. */
  private static final class StreamBody extends RequestBody {
    private static final MediaType OCTETS = MediaType.get("application/octet-stream");

    private final InputStream bytes;
    private final long length;
    private final int buffer;
    private final Run run;
    private final Tally tally;
    private long written;
    private final CRC32C crc = new CRC32C();
    private @Nullable IOException sourceFailure;

    StreamBody(InputStream bytes, long length, int buffer, Run run, Tally tally) {
      this.bytes = bytes;
      this.length = length;
      this.buffer = buffer;
      this.run = run;
      this.tally = tally;
    }

    @Override
    public MediaType contentType() {
      return OCTETS;
    }

    @Override
    public long contentLength() {
      return length;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      byte[] held = new byte[(int) Math.min(buffer, Math.max(1, length))];
      for (long left = length; left > 0; ) {
        run.check();
        int n = read(held, (int) Math.min(held.length, left));
        crc.update(held, 0, n);
        sink.write(held, 0, n);
        tally.add(n);
        written += n;
        left -= n;
      }
    }

    private int read(byte[] held, int most) throws IOException {
      try {
        int n = bytes.read(held, 0, most);
        if (n < 0) {
          throw new EOFException("the source ended too early");
        }
        return n;
      } catch (IOException e) {
        sourceFailure = e;
        throw e;
      }
    }

    @Nullable IOException sourceFailure() {
      return sourceFailure;
    }

    long written() {
      return written;
    }

    String crc32c() {
      byte[] four = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
      return Base64.getEncoder().encodeToString(four);
    }
  }
}
