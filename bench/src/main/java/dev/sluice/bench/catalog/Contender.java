package dev.sluice.bench.catalog;

import dev.sluice.manifest.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A way to keep versions; a version is a number that it gives. */
interface Contender {
  /** A version of the files of a manifest. */
  int create(Path manifest) throws Exception;

  /** A version with the files of another. */
  int inherit(int parent) throws Exception;

  /** A version with the files of another, some of them replaced. */
  int commit(int parent, List<Entry> edits) throws Exception;

  /** Hands over each path that differs, in order, with the contents on both sides. */
  void diff(int from, int to, Consumer<String> taker) throws Exception;

  /** The files behind a path. */
  List<Entry> page(int version, String after, int limit) throws Exception;

  /** Size and SHA-256 of a file. */
  String stat(int version, String path) throws Exception;

  /** Hands over all files, in order. */
  void files(int version, Consumer<Entry> taker) throws Exception;

  /** Forgets a version. */
  void drop(int version) throws Exception;

  /** Bytes on disk of all versions, indexes included. */
  long bytes() throws Exception;
}
