package dev.sluice.local;

import dev.sluice.local.state.LocalException;
import java.util.concurrent.Callable;

/** A command about the local stack; ends with 1 and a plain message when it fails. */
public abstract class StackCommand implements Callable<Integer> {
  StackCommand() {}

  /** Does the work; returns the exit code. */
  abstract int run(Stack stack);

  @Override
  public final Integer call() {
    try {
      return run(Stack.open());
    } catch (LocalException e) {
      System.err.println("sluice: " + e.getMessage());
      return 1;
    }
  }
}
