package dev.sluice.processing.delivery;

import java.io.IOException;
import java.io.InputStream;

/** A folder outside that takes files, each whole or not at all. */
interface Place extends AutoCloseable {

  /** Whether the file is there with exactly this content. */
  boolean has(Item item) throws IOException;

  /** Writes the file; under its name nothing is seen before all bytes are there and proved. */
  void put(Item item, Content content) throws IOException;

  /** Returns when no power cut takes back what was put. */
  default void settle() throws IOException {}

  /** Files that it takes at a time. */
  default int parallel() {
    return 1;
  }

  @Override
  default void close() {}

  /** The bytes of a file, which fail at their end unless they are the right ones. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }
}
