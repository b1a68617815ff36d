package dev.sluice.support.nfs;

import java.util.Optional;

/**
 * What a server says about one of its files (fattr3 of RFC 1813).
 *
 * @param handle names it to the server
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NfsFile(byte[] handle, Kind kind, long size, long fileId, long seconds, int nanos) {
  private static final int LONGEST_HANDLE = 64;
  private static final int REGULAR = 1;
  private static final int FOLDER = 2;
  private static final int MODE_TO_GID = 16;
  private static final int USED_TO_FSID = 24;
  private static final int ACCESS_TIME = 8;
  private static final int CHANGE_TIME = 8;

  /** Changes when the content does, as far as a server tells: time, size and identity. */
  public String tag() {
    return "%d.%09d:%d:%d".formatted(seconds, nanos, size, fileId);
  }

  static byte[] handle(Xdr.In in) throws NfsException.Invalid {
    return in.opaque(LONGEST_HANDLE);
  }

  /** Attributes that may be absent. */
  static Optional<NfsFile> optional(byte[] handle, Xdr.In in) throws NfsException.Invalid {
    return in.yes() ? Optional.of(of(handle, in)) : Optional.empty();
  }

  static NfsFile of(byte[] handle, Xdr.In in) throws NfsException.Invalid {
    int type = in.number();
    in.fixed(MODE_TO_GID);
    long size = in.longNumber();
    in.fixed(USED_TO_FSID);
    long fileId = in.longNumber();
    in.fixed(ACCESS_TIME);
    long seconds = Integer.toUnsignedLong(in.number());
    int nanos = in.number();
    in.fixed(CHANGE_TIME);
    Kind kind = type == REGULAR ? Kind.REGULAR : type == FOLDER ? Kind.FOLDER : Kind.OTHER;
    return new NfsFile(handle, kind, size, fileId, seconds, nanos);
  }

  /** What it is; links, devices, sockets and pipes are other. */
  public enum Kind {
    REGULAR,
    FOLDER,
    OTHER
  }
}
