package dev.sluice.cli;

import java.nio.file.Path;
import java.util.Map;

/** The stack that {@code sluice up} starts in the state folder. */
final class InstalledStack implements LocalStack {

  @Override
  public boolean running() {
    return false;
  }

  @Override
  public void up() {
    throw new CliException("the launcher is not part of this build");
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public Path folder() {
    return Path.of(System.getProperty("sluice.root", "."), ".sluice");
  }
}
