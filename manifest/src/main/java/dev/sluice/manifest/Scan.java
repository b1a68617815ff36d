package dev.sluice.manifest;

import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.Node.Leaf;
import dev.sluice.manifest.Nodes.StoredLeaf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A tree's files from a path or a place on, in order; loads a few ranges ahead, then more. */
final class Scan implements Iterator<Entry> {
  private static final int MOST_AHEAD = 32;

  private final Nodes nodes;
  private final Deque<Digest> ahead = new ArrayDeque<>();
  private final Deque<Way> ways = new ArrayDeque<>();
  private final Deque<List<Entry>> loaded = new ArrayDeque<>();
  private List<Entry> entries = List.of();
  private int next;
  private int batch;

  private Scan(Nodes nodes, int ranges) {
    this.nodes = nodes;
    this.batch = Math.clamp(ranges, 1, MOST_AHEAD);
  }

  /**
   * Files at or behind a key.
   *
   * @param expected how many the caller wants, as far as it knows
   */
  static Scan from(Nodes nodes, Digest root, PathKey key, long expected) {
    Scan scan = new Scan(nodes, ranges(expected));
    Node node = nodes.get(root);
    while (node instanceof Inner inner) {
      int index = Levels.indexOf(inner.children(), key);
      scan.ways.push(new Way(inner, index + 1));
      if (inner.level() == 1) {
        scan.ahead.add(inner.children().get(index).digest());
        break;
      }
      node = nodes.get(inner.children().get(index).digest());
    }
    if (node instanceof Leaf leaf) {
      scan.entries = leaf.entries();
    } else {
      scan.fill();
    }
    while (scan.hasNext() && scan.entries.get(scan.next).path().compareTo(key) < 0) {
      scan.next++;
    }
    return scan;
  }

  /** Files from the one with that number on; the first is 0. */
  static Scan at(Nodes nodes, Digest root, long number, long expected) {
    Scan scan = new Scan(nodes, ranges(expected));
    Node node = nodes.get(root);
    long skip = number;
    while (node instanceof Inner inner) {
      int index = 0;
      while (index < inner.children().size() - 1
          && inner.children().get(index).summary().files() <= skip) {
        skip -= inner.children().get(index++).summary().files();
      }
      scan.ways.push(new Way(inner, index + 1));
      if (inner.level() == 1) {
        scan.ahead.add(inner.children().get(index).digest());
        break;
      }
      node = nodes.get(inner.children().get(index).digest());
    }
    if (node instanceof Leaf leaf) {
      scan.entries = leaf.entries();
    } else {
      scan.fill();
    }
    scan.next = (int) Math.min(skip, scan.entries.size());
    return scan;
  }

  private static int ranges(long expected) {
    return (int) Math.min(MOST_AHEAD, expected / 200 + 1);
  }

  @Override
  public boolean hasNext() {
    while (next == entries.size()) {
      if (loaded.isEmpty() && !fill()) {
        return false;
      }
      entries = loaded.remove();
      next = 0;
    }
    return true;
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return entries.get(next++);
  }

  private boolean fill() {
    while (ahead.size() < batch && moreRanges()) {
      // moreRanges added them.
    }
    if (ahead.isEmpty()) {
      return false;
    }
    List<Digest> wanted = new ArrayList<>();
    while (!ahead.isEmpty() && wanted.size() < batch) {
      wanted.add(ahead.remove());
    }
    Map<Digest, StoredLeaf> leaves = nodes.leaves(wanted);
    wanted.forEach(digest -> loaded.add(Nodes.entries(leaves, digest)));
    batch = Math.min(MOST_AHEAD, batch * 2);
    if (entries.isEmpty() && next == 0) {
      entries = loaded.remove();
    }
    return true;
  }

  /** Goes on to the next inner node's leaves. */
  private boolean moreRanges() {
    while (!ways.isEmpty()) {
      Way way = ways.pop();
      List<Child> children = way.inner().children();
      if (way.next() >= children.size()) {
        continue;
      }
      if (way.inner().level() == 1) {
        int until = Math.min(children.size(), way.next() + batch - ahead.size());
        for (Child child : children.subList(way.next(), until)) {
          ahead.add(child.digest());
        }
        ways.push(new Way(way.inner(), until));
        return true;
      }
      ways.push(new Way(way.inner(), way.next() + 1));
      ways.push(new Way((Inner) nodes.get(children.get(way.next()).digest()), 0));
    }
    return false;
  }

  /** An inner node and which of its children comes next. */
  private record Way(Inner inner, int next) {}
}
