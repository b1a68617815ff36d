package dev.sluice.cli;

import dev.sluice.local.Progress;
import dev.sluice.local.Stack;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stack of this checkout's state folder, opened when a command first asks for it. */
final class InstalledStack implements LocalStack {

  private @Nullable Stack stack;

  @Override
  public boolean running() {
    return stack().running();
  }

  @Override
  public void up() {
    stack().up(Progress.printing());
  }

  @Override
  public Map<String, String> environment() {
    return stack().environment();
  }

  @Override
  public Path folder() {
    return stack().folder();
  }

  private Stack stack() {
    Stack opened = stack;
    if (opened == null) {
      opened = Stack.open();
      stack = opened;
    }
    return opened;
  }
}
