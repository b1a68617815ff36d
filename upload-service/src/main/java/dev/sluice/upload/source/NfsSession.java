package dev.sluice.upload.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls of NFS 3 (RFC 1813) on one connection. */
final class NfsSession implements AutoCloseable {
  /** Bytes asked for by one READ; servers may give less. */
  static final int BLOCK = 1 << 20;

  private static final int PROGRAM = 100_003;
  private static final int VERSION = 3;
  private static final int GETATTR = 1;
  private static final int LOOKUP = 3;
  private static final int READ = 6;
  private static final int READDIRPLUS = 17;
  private static final int LONGEST_NAME = 1_024;
  private static final int PAGE = 32 << 10;
  private static final int VERIFIER = 8;
  private static final Set<Integer> GONE = Set.of(1, 2, 13, 20, 70, 10_001);
  private static final Set<Integer> TRY_AGAIN = Set.of(5, 10_006, 10_008);

  private final RpcConnection connection;
  private final String shown;

  NfsSession(RpcConnection connection, String shown) {
    this.connection = connection;
    this.shown = shown;
  }

  /** What the server says about a handle. */
  NfsFile attributes(byte[] handle) throws SourceException {
    return NfsFile.of(handle, call(GETATTR, new Xdr.Out().opaque(handle)));
  }

  /** The entry of that very name; a link is not followed. */
  NfsFile lookUp(NfsFile folder, String name) throws SourceException {
    Xdr.In in = call(LOOKUP, new Xdr.Out().opaque(folder.handle()).text(name));
    byte[] handle = NfsFile.handle(in);
    Optional<NfsFile> file = NfsFile.optional(handle, in);
    return file.isPresent() ? file.orElseThrow() : attributes(handle);
  }

  /** Bytes from the offset; fewer than asked for where the server likes. */
  Block read(NfsFile file, long offset, int count) throws SourceException {
    Xdr.In in = call(READ, new Xdr.Out().opaque(file.handle()).number(offset).number(count));
    Optional<NfsFile> now = NfsFile.optional(file.handle(), in);
    in.number();
    boolean end = in.yes();
    return new Block(in.opaque(BLOCK), end, now);
  }

  /**
   * The entries of a folder but itself and its parent.
   *
   * @param most how many there may be
   */
  List<Entry> entries(NfsFile folder, int most) throws SourceException {
    List<Entry> entries = new ArrayList<>();
    long cookie = 0;
    byte[] verifier = new byte[VERIFIER];
    boolean end = false;
    while (!end) {
      Xdr.In in =
          call(
              READDIRPLUS,
              new Xdr.Out()
                  .opaque(folder.handle())
                  .number(cookie)
                  .fixed(verifier)
                  .number(PAGE)
                  .number(PAGE * 4));
      NfsFile.optional(folder.handle(), in);
      verifier = in.fixed(VERIFIER);
      long before = cookie;
      while (in.yes()) {
        in.longNumber();
        String name = name(in.opaque(LONGEST_NAME));
        cookie = in.longNumber();
        Optional<NfsFile> bare = NfsFile.optional(new byte[0], in);
        Optional<byte[]> handle = in.yes() ? Optional.of(NfsFile.handle(in)) : Optional.empty();
        if (!name.equals(".") && !name.equals("..")) {
          entries.add(new Entry(name, file(folder, name, bare, handle)));
        }
        if (entries.size() > most) {
          throw new SourceException.TooLarge(shown + ": a folder has more than " + most);
        }
      }
      end = in.yes();
      if (!end && cookie == before) {
        throw new SourceException.Invalid(shown + ": a listing does not go on");
      }
    }
    return entries;
  }

  private NfsFile file(NfsFile folder, String name, Optional<NfsFile> bare, Optional<byte[]> handle)
      throws SourceException {
    if (bare.isPresent() && handle.isPresent()) {
      NfsFile f = bare.orElseThrow();
      return new NfsFile(
          handle.orElseThrow(), f.kind(), f.size(), f.fileId(), f.seconds(), f.nanos());
    }
    return handle.isPresent() ? attributes(handle.orElseThrow()) : lookUp(folder, name);
  }

  private String name(byte[] bytes) throws SourceException.Invalid {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new SourceException.Invalid(
          shown + ": has a name that is not UTF-8: " + Text.shown(new String(bytes, UTF_8)));
    }
  }

  private Xdr.In call(int procedure, Xdr.Out arguments) throws SourceException {
    Xdr.In in = connection.call(PROGRAM, VERSION, procedure, arguments.bytes());
    int status = in.number();
    if (status == 0) {
      return in;
    }
    String says = shown + ": the server answers NFS error " + status;
    if (TRY_AGAIN.contains(status)) {
      throw new SourceException.Unreachable(says);
    }
    throw GONE.contains(status)
        ? new SourceException.Gone(says)
        : new SourceException.Invalid(says);
  }

  @Override
  public void close() {
    connection.close();
  }

  /** An entry of a folder. */
  record Entry(String name, NfsFile file) {}

  /** Bytes of a file, whether they are its last, and what the file is now. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Block(byte[] bytes, boolean end, Optional<NfsFile> now) {}
}
