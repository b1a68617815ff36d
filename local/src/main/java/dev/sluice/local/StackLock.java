package dev.sluice.local;

import dev.sluice.local.state.LocalException;
import dev.sluice.local.state.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Lets one process at a time change a stack; freed by the system when its holder dies. */
final class StackLock implements AutoCloseable {
  private final FileChannel channel;

  private StackLock(FileChannel channel) {
    this.channel = channel;
  }

  static StackLock of(StateFolder state) {
    try {
      return new StackLock(
          FileChannel.open(
              state.folder(".").normalize().resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new LocalException("Cannot write into " + state.path(), e);
    }
  }

  /** Waits for the others. */
  void hold() {
    try {
      channel.lock();
    } catch (IOException e) {
      throw new LocalException("Cannot lock the stack", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
