package dev.sluice.cli.demo;

import dev.sluice.cli.CliException;
import dev.sluice.cli.output.Progress;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.Index;
import dev.sluice.client.IndexState;
import dev.sluice.client.Pause;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.Version;
import dev.sluice.client.VersionIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Step 6: every row has its vector, and the catalog knows. */
final class IndexStep {

  private static final Duration BETWEEN = Duration.ofMillis(300);

  private final SluiceClient client;
  private final Journal journal;
  private final String project;
  private final Duration patience;

  IndexStep(SluiceClient client, Journal journal, String project, Duration patience) {
    this.client = client;
    this.journal = journal;
    this.project = project;
    this.patience = patience;
  }

  Index await(Version version, long rows) {
    Index index = indexed(version.version(), rows);
    journal.figure("points", index.points());
    journal.figure("collection", Objects.toString(index.collection(), ""));
    journal.check(Check.equal("points in the collection = rows", rows, index.points()));
    journal.check(Check.equal("rows that the index knows", rows, index.rows()));
    journal.check(
        Check.equal("points that the catalog knows", rows, knownToCatalog(version.version())));
    return index;
  }

  private Index indexed(String version, long rows) {
    Instant end = Instant.now().plus(patience);
    String seen = "nothing yet";
    try (Progress progress = new Progress(journal.output(), "   index")) {
      while (Instant.now().isBefore(end)) {
        try {
          Index index = client.vectors().index(project, Demo.OUTPUT, version);
          if (index.state() == IndexState.INDEXED) {
            return index;
          }
          seen = Texts.of(index.state()) + " " + Objects.toString(index.reason(), "");
          if (index.state() == IndexState.FAILED) {
            break;
          }
          progress.at(index.points(), rows, Texts.count(index.points()) + " points");
        } catch (SluiceProblemException e) {
          if (e.status() != 404) {
            throw e;
          }
          progress.at(0, 0, "waits for VersionCreated");
        }
        Pause.of(BETWEEN);
      }
    }
    throw new CliException(Demo.OUTPUT + "@" + version + " was not indexed: " + seen);
  }

  private long knownToCatalog(String version) {
    Instant end = Instant.now().plusSeconds(30);
    while (Instant.now().isBefore(end)) {
      List<VersionIndex> indexes = client.versions(project, Demo.OUTPUT).get(version).indexes();
      if (!indexes.isEmpty()) {
        return indexes.getLast().points();
      }
      Pause.of(BETWEEN);
    }
    return 0;
  }
}
