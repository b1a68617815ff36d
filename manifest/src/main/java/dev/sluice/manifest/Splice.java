package dev.sluice.manifest;

import dev.sluice.manifest.Difference.Added;
import dev.sluice.manifest.Difference.Changed;
import dev.sluice.manifest.Difference.Removed;
import dev.sluice.manifest.Node.Leaf;
import dev.sluice.manifest.NodeStore.StoredNode;
import dev.sluice.manifest.Nodes.StoredLeaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings changes into a stored leaf without making the entries that stay. Most changes move no
 * border; those that do, and leaves that are better written whole, are left to {@link TreeEditor}.
 */
final class Splice {
  private final StoredLeaf old;
  private final Leaf.Packed packed;
  private final TreeMap<PathKey, Slot> slots = new TreeMap<>();

  private Splice(StoredLeaf old, Leaf.Packed packed) {
    this.old = old;
    this.packed = packed;
  }

  /** A leaf as its parent knows it, and as it is stored. */
  record Spliced(Child child, StoredNode node) {}

  /**
   * The leaf with the changes, which are sorted and not behind its last path; null when it must be
   * cut anew or is better written whole.
   */
  static @Nullable Spliced of(StoredLeaf old, List<Change> changes) {
    Leaf.Packed packed = old.leaf().packed();
    if (packed == null) {
      return null;
    }
    Splice splice = new Splice(old, packed);
    packed.deltas().forEach(splice::overlay);
    changes.forEach(splice::edit);
    return splice.result();
  }

  private void overlay(Delta delta) {
    for (Difference step : delta.differences()) {
      Slot slot = new Slot(false);
      slot.overlaid = true;
      slot.is = Delta.after(step);
      slots.put(step.path(), slot);
    }
  }

  private void edit(Change change) {
    Slot slot = new Slot(true);
    Slot below = slots.put(change.path(), slot);
    if (below != null) {
      slot.overlaid = true;
      slot.was = below.is;
    }
    slot.is = change.entry();
  }

  private @Nullable Spliced result() {
    Lines lines = new Lines();
    walk(lines);
    if (!lines.lastKnown || (lines.moved && !isOneRange())) {
      return null;
    }
    Digest digest = lines.text.sha256();
    Digest before = old.leaf().digest();
    byte[] delta =
        digest.equals(before) ? null : Delta.encode(old.chain(), lines.differences, lines.files);
    return delta == null
        ? null
        : new Spliced(
            new Child(lines.last(), digest, lines.sums.done()),
            new StoredNode(digest.id(), before.id(), delta));
  }

  private boolean isOneRange() {
    Borders borders = new Borders();
    walk(borders);
    return borders.ended && !borders.inside;
  }

  private void walk(Taker taker) {
    LeafCursor at = new LeafCursor(packed.whole());
    boolean more = at.next();
    for (var entry : slots.entrySet()) {
      int order = 1;
      while (more && (order = at.compareTo(entry.getKey())) < 0) {
        taker.stays(at);
        more = at.next();
      }
      Slot slot = entry.getValue();
      if (more && order == 0) {
        if (slot.edited && !slot.overlaid) {
          slot.was = at.entry();
        }
        more = at.next();
      }
      taker.takes(entry.getKey(), slot);
    }
    while (more) {
      taker.stays(at);
      more = at.next();
    }
  }

  /** Who is led through the leaf's files in their order. */
  private interface Taker {
    void stays(LeafCursor at);

    void takes(PathKey path, Slot slot);
  }

  /** The leaf's content and what differs. */
  private static final class Lines implements Taker {
    final ByteSink text = ContentLines.begin(320);
    final Summary.Sums sums = new Summary.Sums();
    final List<Difference> differences = new ArrayList<>();
    private @Nullable LeafCursor lastAt;
    private PathKey lastPath = PathKey.FIRST;
    int files;
    boolean moved;
    boolean lastKnown;

    @Override
    public void stays(LeafCursor at) {
      at.tell(text, sums);
      // Behind the last file of the whole leaf the cursor goes nowhere.
      lastAt = at.left() == 0 ? at : null;
      lastKnown = lastAt != null;
      files++;
    }

    @Override
    public void takes(PathKey path, Slot slot) {
      Entry is = slot.is;
      if (is != null) {
        ContentLines.add(text, is);
        sums.file(is);
        lastAt = null;
        lastPath = path;
        lastKnown = true;
        files++;
      }
      Entry was = slot.was;
      if (!slot.edited || Objects.equals(was, is)) {
        return;
      }
      moved |= was == null || is == null;
      if (is == null) {
        differences.add(new Removed(path, Content.of(Objects.requireNonNull(was, "was there"))));
      } else {
        differences.add(was == null ? new Added(is) : new Changed(is, Content.of(was)));
      }
    }

    PathKey last() {
      return lastAt == null ? lastPath : lastAt.path();
    }
  }

  /** Whether the range still ends where it ends, and nowhere before. */
  private static final class Borders implements Taker {
    private int files;
    boolean ended;
    boolean inside;

    @Override
    public void stays(LeafCursor at) {
      inside |= ended;
      ended = at.ends(++files);
    }

    @Override
    public void takes(PathKey path, Slot slot) {
      if (slot.is != null) {
        inside |= ended;
        ended = Chunking.LEAF.ends(path, 0, ++files);
      }
    }
  }

  /** What a path is, was before the changes, and whether they name it or an older delta does. */
  private static final class Slot {
    final boolean edited;
    boolean overlaid;
    @Nullable Entry was;
    @Nullable Entry is;

    Slot(boolean edited) {
      this.edited = edited;
    }
  }
}
