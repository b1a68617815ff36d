package dev.sluice.cli;

import dev.sluice.local.Progress;
import dev.sluice.local.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stack of this checkout's state folder, opened when a command first asks for it. */
final class InstalledStack implements LocalStack {

  private static final Duration FRESH = Duration.ofMinutes(10);

  private @Nullable Stack stack;
  private @Nullable Map<String, String> environment;
  private Instant environmentAt = Instant.EPOCH;

  @Override
  public synchronized void up() {
    environment = null;
    stack().up(Progress.printing());
  }

  @Override
  public synchronized Map<String, String> environment() {
    Map<String, String> known = environment;
    if (known == null || environmentAt.plus(FRESH).isBefore(Instant.now())) {
      // Signs a token, which is too much to be done for every request.
      known = stack().environment();
      environment = known;
      environmentAt = Instant.now();
    }
    return known;
  }

  @Override
  public Path folder() {
    return stack().folder();
  }

  private synchronized Stack stack() {
    Stack opened = stack;
    if (opened == null) {
      opened = Stack.open();
      stack = opened;
    }
    return opened;
  }
}
