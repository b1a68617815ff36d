package dev.sluice.manifest;

import dev.sluice.manifest.Difference.Added;
import dev.sluice.manifest.Difference.Changed;
import dev.sluice.manifest.Difference.Removed;
import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.Node.Leaf;
import dev.sluice.manifest.Sample.Held;
import dev.sluice.manifest.Summary.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Nodes as bytes: a leaf whole, a leaf as what differs from another one, an inner node. */
final class NodeCodec {
  static final int LEAF = 1;
  static final int DELTA = 2;
  static final int INNER = 3;
  private static final int ADDED = 0;
  private static final int REMOVED = 1;
  private static final int CHANGED = 2;

  private NodeCodec() {}

  static int kind(byte[] body) {
    return body[0];
  }

  static byte[] encode(Leaf leaf) {
    EntryCodec.Writer writer = new EntryCodec.Writer();
    leaf.entries().forEach(writer::learn);
    ByteSink out = new ByteSink(256 + leaf.entries().size() * 96);
    out.put(LEAF);
    writer.header(out);
    out.varint(leaf.entries().size());
    for (Entry entry : leaf.entries()) {
      out.path(entry.path());
      writer.body(out, entry);
    }
    return out.bytes();
  }

  static List<Entry> entries(byte[] body) {
    ByteSource in = new ByteSource(body);
    expect(LEAF, in.next());
    EntryCodec.Reader reader = new EntryCodec.Reader(in);
    int count = in.count();
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(reader.body(in.path()));
    }
    return entries;
  }

  static byte[] encode(Delta delta) {
    EntryCodec.Writer writer = new EntryCodec.Writer();
    for (Difference difference : delta.differences()) {
      switch (difference) {
        case Added a -> writer.learn(a.entry());
        case Removed r -> writer.learn(r.was().mediaType());
        case Changed c -> {
          writer.learn(c.entry());
          writer.learn(c.was().mediaType());
        }
      }
    }
    ByteSink out = new ByteSink(64 + delta.differences().size() * 128);
    out.put(DELTA);
    out.varint(delta.depth());
    out.varint(delta.chained());
    out.varint(delta.whole());
    writer.header(out);
    out.varint(delta.differences().size());
    for (Difference difference : delta.differences()) {
      write(out, writer, difference);
    }
    return out.bytes();
  }

  private static void write(ByteSink out, EntryCodec.Writer writer, Difference difference) {
    switch (difference) {
      case Added a -> {
        out.put(ADDED);
        out.path(a.path());
        writer.body(out, a.entry());
      }
      case Removed r -> {
        out.put(REMOVED);
        out.path(r.path());
        write(out, writer, r.was());
      }
      case Changed c -> {
        out.put(CHANGED);
        out.path(c.path());
        writer.body(out, c.entry());
        write(out, writer, c.was());
      }
    }
  }

  private static void write(ByteSink out, EntryCodec.Writer writer, Content was) {
    out.varint(was.size());
    out.raw(was.sha256());
    out.varint(writer.mediaType(was.mediaType()));
  }

  static Delta delta(byte[] body) {
    ByteSource in = new ByteSource(body);
    expect(DELTA, in.next());
    int depth = in.count();
    long chained = in.varint();
    long whole = in.varint();
    EntryCodec.Reader reader = new EntryCodec.Reader(in);
    int count = in.count();
    List<Difference> differences = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int kind = in.next();
      PathKey path = in.path();
      differences.add(
          switch (kind) {
            case ADDED -> new Added(reader.body(path));
            case REMOVED -> new Removed(path, reader.content());
            case CHANGED -> new Changed(reader.body(path), reader.content());
            default -> throw new IllegalStateException("no such difference: " + kind);
          });
    }
    return new Delta(depth, chained, whole, differences);
  }

  static byte[] encode(Inner inner) {
    EntryCodec.Writer writer = new EntryCodec.Writer();
    inner.summary().mediaTypes().keySet().forEach(writer::learn);
    ByteSink out = new ByteSink(64 + inner.children().size() * 128);
    out.put(INNER);
    out.varint(inner.level());
    writer.header(out);
    out.varint(inner.children().size());
    for (Child child : inner.children()) {
      out.path(child.last());
      out.raw(child.digest());
      write(out, writer, child.summary());
    }
    return out.bytes();
  }

  private static void write(ByteSink out, EntryCodec.Writer writer, Summary summary) {
    out.varint(summary.files());
    out.varint(summary.bytes());
    out.varint(summary.rows());
    out.varint(summary.counted());
    out.varint(summary.mediaTypes().size());
    summary
        .mediaTypes()
        .forEach(
            (type, count) -> {
              out.varint(writer.mediaType(type));
              out.varint(count.files());
              out.varint(count.bytes());
            });
    Sample sample = summary.sample();
    boolean widest = sample.limit() == Sample.WIDEST;
    out.varint((long) sample.contents().size() << 1 | (widest ? 0 : 1));
    if (!widest) {
      out.fixed64(sample.limit());
    }
    for (Held held : sample.contents()) {
      out.fixed64(held.head());
      out.varint(held.files());
    }
  }

  static Inner inner(Digest digest, byte[] body) {
    ByteSource in = new ByteSource(body);
    expect(INNER, in.next());
    int level = in.count();
    EntryCodec.Reader reader = new EntryCodec.Reader(in);
    int count = in.count();
    List<Child> children = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      children.add(new Child(in.path(), in.digest(), summary(in, reader)));
    }
    return new Inner(level, children, digest, Summary.ofChildren(children));
  }

  private static Summary summary(ByteSource in, EntryCodec.Reader reader) {
    long files = in.varint();
    long bytes = in.varint();
    long rows = in.varint();
    long counted = in.varint();
    int types = in.count();
    SortedMap<String, Count> mediaTypes = new TreeMap<>();
    for (int i = 0; i < types; i++) {
      mediaTypes.put(reader.mediaType(), new Count(in.varint(), in.varint()));
    }
    int word = in.count();
    int sampled = word >> 1;
    long limit = (word & 1) == 0 ? Sample.WIDEST : in.fixed64();
    List<Held> contents = new ArrayList<>(sampled);
    for (int i = 0; i < sampled; i++) {
      contents.add(new Held(in.fixed64(), in.varint()));
    }
    return new Summary(files, bytes, rows, counted, mediaTypes, new Sample(limit, contents));
  }

  static void expect(int kind, int found) {
    if (kind != found) {
      throw new IllegalStateException("a node of kind " + found + " where " + kind + " belongs");
    }
  }
}
