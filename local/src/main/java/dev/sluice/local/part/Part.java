package dev.sluice.local.part;

import java.nio.file.Path;
import java.time.Duration;

/** One server of the local stack: a process of its own that can be killed and started alone. */
public interface Part {
  /** Name in messages, of the pid file and of the log file. */
  String name();

  /** Starts the process; does nothing while it runs. Returns before the server answers. */
  void start();

  /** Whether the process runs. */
  boolean isAlive();

  /** Whether the running process was told what a new one would be told now. */
  boolean isCurrent();

  /** Whether a stranger sits on the port of this part, which is not running. */
  boolean portIsTaken();

  /** Takes another port. */
  void movePort();

  /** Whether the server answers a real request now. */
  boolean isReady();

  /** How long the server may take from start to ready. */
  Duration patience();

  /** Ends the process and everything it started; does nothing when it does not run. */
  void stop();

  /** Where clients reach it. */
  String address();

  /** What the process prints. */
  Path logFile();

  /** Memory the process and its children hold, in bytes; 0 when not running or not told. */
  long residentBytes();
}
