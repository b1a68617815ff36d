package dev.sluice.cli;

import java.nio.file.Path;
import java.util.Map;

/** What commands need of the stack on this machine. */
public interface LocalStack {

  /** Starts what is not running and waits until it is ready. */
  void up();

  /** What {@code sluice env} prints; empty when no stack was ever started here. */
  Map<String, String> environment();

  /** The folder that keeps the stack's state. */
  Path folder();
}
