package dev.sluice.processing.manifest;

import dev.sluice.processing.manifest.DataSetManifest.Destination;
import dev.sluice.processing.manifest.ManifestProblem.DestinationNotSupportedYet;
import dev.sluice.processing.manifest.ManifestProblem.SourceNotSupportedYet;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.support.problem.FieldError;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The one place that refuses what is valid and waits for a part of Sluice that is being built. */
final class NotYet {
  private static final Set<DestinationType> DELIVERED =
      EnumSet.of(DestinationType.S3, DestinationType.DATASET);

  private NotYet() {}

  /** The input; an outside one has to be imported first. */
  static InCatalog input(DataSetManifest manifest) {
    if (manifest.source().url() instanceof InCatalog input) {
      return input;
    }
    throw new SourceNotSupportedYet(
            List.of(
                new FieldError(
                    "spec.source.url",
                    manifest.source().url().text(),
                    "accepted today: sluice://<project>/<dataset>@<v1|latest>[/<glob>]; upload the"
                        + " files into a dataset first")))
        .exception();
  }

  /** Destinations other than the version itself are deliveries of it. */
  static void destination(DataSetManifest manifest, Destination destination, String bucket) {
    String field = manifest.fieldOf(destination);
    if (!DELIVERED.contains(destination.type())) {
      throw refused(field + ".type", destination.type().text(), "accepted today: s3, dataset");
    }
    String own = "s3://" + bucket;
    String url = destination.url();
    boolean here = url == null || url.equals(own) || url.startsWith(own + "/");
    if (destination.type() == DestinationType.S3 && !here) {
      throw refused(
          field + ".url",
          String.valueOf(url),
          "accepted today: " + own + "/… (the project's own bucket), or no url");
    }
  }

  private static RuntimeException refused(String field, String value, String allowed) {
    return new DestinationNotSupportedYet(List.of(new FieldError(field, value, allowed)))
        .exception();
  }
}
