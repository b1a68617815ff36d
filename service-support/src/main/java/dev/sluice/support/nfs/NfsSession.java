package dev.sluice.support.nfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.support.address.ShownText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls of NFS 3 (RFC 1813) on one connection. */
public final class NfsSession implements AutoCloseable {
  /** Bytes asked for by one READ; servers may give less. */
  public static final int BLOCK = 1 << 20;

  private static final int PROGRAM = 100_003;
  private static final int VERSION = 3;
  private static final int GETATTR = 1;
  private static final int LOOKUP = 3;
  private static final int READ = 6;
  private static final int WRITE = 7;
  private static final int CREATE = 8;
  private static final int MKDIR = 9;
  private static final int REMOVE = 12;
  private static final int RENAME = 14;
  private static final int READDIRPLUS = 17;
  private static final int COMMIT = 21;
  private static final int GUARDED = 1;
  private static final int UNSTABLE = 0;
  private static final int FILE_MODE = 0644;
  private static final int FOLDER_MODE = 0755;
  private static final int ABSENT = 2;
  private static final int EXISTS = 17;

  /** Size, time of change and time of its attributes (wcc_attr). */
  private static final int BEFORE = 24;

  private static final int LONGEST_NAME = 1_024;
  private static final int PAGE = 32 << 10;
  private static final int VERIFIER = 8;
  private static final Set<Integer> GONE = Set.of(1, 2, 13, 20, 70, 10_001);
  private static final Set<Integer> FULL = Set.of(27, 28, 69);
  private static final Set<Integer> TRY_AGAIN = Set.of(5, 10_006, 10_008);

  private final RpcConnection connection;
  private final String shown;

  NfsSession(RpcConnection connection, String shown) {
    this.connection = connection;
    this.shown = shown;
  }

  /** What the server says about a handle. */
  public NfsFile attributes(byte[] handle) throws NfsException {
    return NfsFile.of(handle, call(GETATTR, new Xdr.Out().opaque(handle)));
  }

  /** The entry of that very name; a link is not followed. */
  public NfsFile lookUp(NfsFile folder, String name) throws NfsException {
    Xdr.In in = call(LOOKUP, new Xdr.Out().opaque(folder.handle()).text(name));
    byte[] handle = NfsFile.handle(in);
    Optional<NfsFile> file = NfsFile.optional(handle, in);
    return file.isPresent() ? file.orElseThrow() : attributes(handle);
  }

  /** As the other, for an entry that may not be there. */
  public Optional<NfsFile> find(NfsFile folder, String name) throws NfsException {
    Xdr.In in =
        connection.call(
            PROGRAM, VERSION, LOOKUP, new Xdr.Out().opaque(folder.handle()).text(name).bytes());
    int status = in.number();
    if (status == ABSENT) {
      return Optional.empty();
    }
    ended(status, in);
    byte[] handle = NfsFile.handle(in);
    Optional<NfsFile> file = NfsFile.optional(handle, in);
    return file.isPresent() ? file : Optional.of(attributes(handle));
  }

  /** The folder of that name, made when it is not there. */
  public NfsFile folder(NfsFile parent, String name) throws NfsException {
    Optional<NfsFile> known = find(parent, name);
    if (known.isEmpty()) {
      Xdr.Out wanted = new Xdr.Out().opaque(parent.handle()).text(name);
      Xdr.In in = connection.call(PROGRAM, VERSION, MKDIR, mode(wanted, FOLDER_MODE).bytes());
      int status = in.number();
      if (status != EXISTS) {
        ended(status, in);
      }
      known = find(parent, name);
    }
    return known.orElseThrow(
        () -> new NfsException.Unreachable(shown + ": a folder is gone that was just made"));
  }

  /** A new file, empty; one of that name is removed before. */
  public NfsFile create(NfsFile folder, String name) throws NfsException {
    remove(folder, name);
    Xdr.Out wanted = new Xdr.Out().opaque(folder.handle()).text(name).number(GUARDED);
    call(CREATE, mode(wanted, FILE_MODE));
    return lookUp(folder, name);
  }

  private static Xdr.Out mode(Xdr.Out out, int mode) {
    return out.number(1).number(mode).number(0).number(0).number(0).number(0).number(0);
  }

  /** Hands bytes to the server, which may lose them until {@link #commit}. */
  public Written write(NfsFile file, long offset, byte[] bytes) throws NfsException {
    Xdr.In in =
        call(
            WRITE,
            new Xdr.Out()
                .opaque(file.handle())
                .number(offset)
                .number(bytes.length)
                .number(UNSTABLE)
                .opaque(bytes));
    changes(in);
    int count = in.number();
    in.number();
    return new Written(count, in.longNumber());
  }

  /** Has the server keep what was written; the answer is the same as the writes' when it did. */
  public long commit(NfsFile file) throws NfsException {
    Xdr.In in = call(COMMIT, new Xdr.Out().opaque(file.handle()).number(0L).number(0));
    changes(in);
    return in.longNumber();
  }

  /** Gives a file of the folder another name there; a file that had it is replaced. */
  public void rename(NfsFile folder, String from, String to) throws NfsException {
    call(RENAME, new Xdr.Out().opaque(folder.handle()).text(from).opaque(folder.handle()).text(to));
  }

  /** Removes a file; not an error when there is none. */
  public void remove(NfsFile folder, String name) throws NfsException {
    Xdr.In in =
        connection.call(
            PROGRAM, VERSION, REMOVE, new Xdr.Out().opaque(folder.handle()).text(name).bytes());
    int status = in.number();
    if (status != ABSENT) {
      ended(status, in);
    }
  }

  /** What a file was before and is after a change (wcc_data), which nobody here needs. */
  private static void changes(Xdr.In in) throws NfsException {
    if (in.yes()) {
      in.fixed(BEFORE);
    }
    NfsFile.optional(new byte[0], in);
  }

  /** Bytes from the offset; fewer than asked for where the server likes. */
  public Block read(NfsFile file, long offset, int count) throws NfsException {
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
  public List<Entry> entries(NfsFile folder, int most) throws NfsException {
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
          throw new NfsException.TooLarge(shown + ": a folder has more than " + most);
        }
      }
      end = in.yes();
      if (!end && cookie == before) {
        throw new NfsException.Invalid(shown + ": a listing does not go on");
      }
    }
    return entries;
  }

  private NfsFile file(NfsFile folder, String name, Optional<NfsFile> bare, Optional<byte[]> handle)
      throws NfsException {
    if (bare.isPresent() && handle.isPresent()) {
      NfsFile f = bare.orElseThrow();
      return new NfsFile(
          handle.orElseThrow(), f.kind(), f.size(), f.fileId(), f.seconds(), f.nanos());
    }
    return handle.isPresent() ? attributes(handle.orElseThrow()) : lookUp(folder, name);
  }

  private String name(byte[] bytes) throws NfsException.Invalid {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new NfsException.Invalid(
          shown + ": has a name that is not UTF-8: " + ShownText.of(new String(bytes, UTF_8)));
    }
  }

  private Xdr.In call(int procedure, Xdr.Out arguments) throws NfsException {
    Xdr.In in = connection.call(PROGRAM, VERSION, procedure, arguments.bytes());
    return ended(in.number(), in);
  }

  private Xdr.In ended(int status, Xdr.In in) throws NfsException {
    if (status == 0) {
      return in;
    }
    String says = shown + ": the server answers NFS error " + status;
    if (TRY_AGAIN.contains(status)) {
      throw new NfsException.Unreachable(says);
    }
    if (FULL.contains(status)) {
      throw new NfsException.Full(says);
    }
    throw GONE.contains(status) ? new NfsException.Gone(says) : new NfsException.Invalid(says);
  }

  @Override
  public void close() {
    connection.close();
  }

  /** An entry of a folder. */
  public record Entry(String name, NfsFile file) {}

  /**
   * What became of a write.
   *
   * @param count bytes taken
   * @param life changes when the server may have lost what it was given before
   */
  public record Written(int count, long life) {}

  /** Bytes of a file, whether they are its last, and what the file is now. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Block(byte[] bytes, boolean end, Optional<NfsFile> now) {}
}
