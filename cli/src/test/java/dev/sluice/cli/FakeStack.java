package dev.sluice.cli;

import java.nio.file.Path;
import java.util.Map;

/** A local stack that only has an environment. */
record FakeStack(Map<String, String> environment) implements LocalStack {

  @Override
  public void up() {
    throw new CliException("nothing to start");
  }

  @Override
  public Path folder() {
    return Path.of("target");
  }
}
