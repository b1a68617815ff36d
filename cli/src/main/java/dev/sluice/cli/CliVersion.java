package dev.sluice.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Reads the version from the jar's manifest. */
final class CliVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    @Nullable String version = CliVersion.class.getPackage().getImplementationVersion();
    return new String[] {"sluice " + (version == null ? "development" : version)};
  }
}
