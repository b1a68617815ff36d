package dev.sluice.cli.transfer;

import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.Version;
import dev.sluice.client.VersionClient;

/** The open draft of a dataset. */
public final class Draft {

  private Draft() {}

  /** The open draft, opened now when there is none. */
  public static Version of(VersionClient versions) {
    try {
      return versions.create(null);
    } catch (SluiceProblemException e) {
      if (!e.is("draft-open")) {
        throw e;
      }
      return versions.get(e.valueOf("version").orElseThrow(() -> e));
    }
  }
}
