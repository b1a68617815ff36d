package dev.sluice.processing.delivery;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.nfs.NfsException;
import dev.sluice.support.nfs.NfsFile;
import dev.sluice.support.nfs.NfsFile.Kind;
import dev.sluice.support.nfs.NfsServer;
import dev.sluice.support.nfs.NfsSession;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A folder of an NFS server, written to without a mount. */
final class NfsFolderPlace implements Place {
  /** Every server takes writes of this length, or takes a part and says so. */
  private static final int BLOCK = 512 << 10;

  private static final int MOST_ENTRIES = 1_000_000;

  private final NfsSession session;
  private final NfsFile base;
  private final TempName temp;
  private final Map<List<String>, NfsFile> folders = new HashMap<>();
  private final Set<List<String>> swept = new HashSet<>();

  private NfsFolderPlace(NfsSession session, NfsFile base, TempName temp) {
    this.session = session;
    this.base = base;
    this.temp = temp;
  }

  /** Mounts, and makes the folder unless it is there. */
  static NfsFolderPlace on(NfsServer server, TempName temp) throws IOException {
    NfsServer.Root root = server.mount();
    NfsSession session = server.session();
    try {
      NfsFile at = session.attributes(root.handle());
      for (String name : root.rest()) {
        at = folder(session.folder(at, name), name);
      }
      return new NfsFolderPlace(session, at, temp);
    } catch (IOException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public boolean has(Item item) throws IOException {
    Optional<NfsFile> parent = known(item.folders());
    if (parent.isEmpty()) {
      return false;
    }
    Optional<NfsFile> file = session.find(parent.orElseThrow(), item.name());
    if (file.isEmpty()) {
      return false;
    }
    NfsFile found = file.orElseThrow();
    if (found.kind() != Kind.REGULAR) {
      throw DeliveryFault.refused(item.path() + ": something that is no file is in its place");
    }
    return found.size() == item.size() && digest(found).equals(item.sha256());
  }

  private String digest(NfsFile file) throws IOException {
    MessageDigest digest = CheckedStream.sha256();
    long at = 0;
    while (at < file.size()) {
      byte[] block =
          session.read(file, at, (int) Math.min(NfsSession.BLOCK, file.size() - at)).bytes();
      if (block.length == 0) {
        return "";
      }
      digest.update(block);
      at += block.length;
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void put(Item item, Content content) throws IOException {
    NfsFile parent = made(item.folders());
    sweep(item.folders(), parent);
    String written = temp.of(item.name());
    try {
      NfsFile file = session.create(parent, written);
      write(file, content);
      CrashPoint.hit("delivery.nfs.beforeRename");
      session.rename(parent, written, item.name());
    } catch (NfsException.Unreachable e) {
      throw e;
    } catch (IOException e) {
      remove(parent, written, e);
      throw e;
    }
  }

  private void write(NfsFile file, Content content) throws IOException {
    Set<Long> lives = new HashSet<>();
    long at = 0;
    try (InputStream in = content.open()) {
      for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
        byte[] rest = block;
        while (rest.length > 0) {
          NfsSession.Written written = session.write(file, at, rest);
          if (written.count() <= 0 || written.count() > rest.length) {
            throw new NfsException.Invalid("NFS: a write took " + written.count() + " bytes");
          }
          lives.add(written.life());
          at += written.count();
          rest = java.util.Arrays.copyOfRange(rest, written.count(), rest.length);
        }
      }
    }
    lives.add(session.commit(file));
    if (lives.size() > 1) {
      throw new NfsException.Unreachable(
          "NFS: the server was started again and may have lost what it was given");
    }
  }

  private void remove(NfsFile parent, String name, IOException why) {
    try {
      session.remove(parent, name);
    } catch (NfsException e) {
      why.addSuppressed(e);
    }
  }

  /** What earlier tries of this delivery left in the folder goes. */
  private void sweep(List<String> path, NfsFile folder) throws IOException {
    if (!swept.add(path)) {
      return;
    }
    for (NfsSession.Entry entry : session.entries(folder, MOST_ENTRIES)) {
      if (temp.isLeftOver(entry.name())) {
        session.remove(folder, entry.name());
      }
    }
  }

  private Optional<NfsFile> known(List<String> path) throws IOException {
    NfsFile at = base;
    for (String name : path) {
      Optional<NfsFile> next = session.find(at, name);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = folder(next.orElseThrow(), name);
    }
    return Optional.of(at);
  }

  private NfsFile made(List<String> path) throws IOException {
    NfsFile at = base;
    for (int depth = 1; depth <= path.size(); depth++) {
      List<String> upTo = new ArrayList<>(path.subList(0, depth));
      NfsFile next = folders.get(upTo);
      if (next == null) {
        next = folder(session.folder(at, upTo.getLast()), upTo.getLast());
        folders.put(upTo, next);
      }
      at = next;
    }
    return at;
  }

  private static NfsFile folder(NfsFile found, String name) throws DeliveryFault {
    if (found.kind() != Kind.FOLDER) {
      throw DeliveryFault.refused(name + ": a link or a file is where a folder should be");
    }
    return found;
  }

  @Override
  public void close() {
    session.close();
  }
}
