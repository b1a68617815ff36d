package dev.sluice.cli.transfer;

import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.Version;
import dev.sluice.client.VersionClient;
import java.util.Comparator;

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
      return e.problem().text("version").map(versions::get).orElseGet(() -> open(versions, e));
    }
  }

  private static Version open(VersionClient versions, SluiceProblemException refusal) {
    return versions
        .list()
        .filter(version -> version.open() && !madeByRun(version))
        .max(
            Comparator.comparing(
                Version::createdAt, Comparator.nullsFirst(Comparator.naturalOrder())))
        .orElseThrow(() -> refusal);
  }

  private static boolean madeByRun(Version version) {
    return version.producedBy() != null && version.producedBy().kind().equals("run");
  }
}
