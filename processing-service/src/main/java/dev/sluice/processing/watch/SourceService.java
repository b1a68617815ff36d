package dev.sluice.processing.watch;

import dev.sluice.processing.importing.ImportClient;
import dev.sluice.processing.importing.ImportState;
import dev.sluice.processing.importing.WantedImport;
import dev.sluice.processing.manifest.SourceDataset;
import dev.sluice.processing.manifest.SourceType;
import dev.sluice.processing.manifest.SourceUrl.Outside;
import dev.sluice.processing.run.Run;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has outside sources imported as versions, from which runs read. */
@ApplicationScoped
class SourceService {
  /** What lies before the first segment with a wildcard is asked for, the rest picks files. */
  private static final Pattern WITH_GLOB =
      Pattern.compile("((?:s3|nfs|file)://[^?*]*)/([^/?*]*\\*[^?]*)(\\?.*)?");

  private final ImportClient imports;

  SourceService(ImportClient imports) {
    this.imports = imports;
  }

  /** How far the import of the run's source is. */
  Uni<ImportState> bring(Run run, Outside source) {
    SourceType type = run.manifest().source().type();
    String url = source.text();
    Matcher globbed = WITH_GLOB.matcher(url);
    boolean picks = globbed.matches();
    String query = picks && globbed.group(3) != null ? globbed.group(3) : "";
    return imports.bring(
        new WantedImport(
            run.id().importId(),
            run.project(),
            run.requestedBy(),
            run.manifest().inputDataset(),
            dataTypeOf(type),
            SourceDataset.folderFor(source),
            picks ? globbed.group(1) + query : url,
            picks ? globbed.group(2) : null,
            run.manifest().source().secretRef(),
            type != SourceType.BINARY));
  }

  /** Stops the import of a run that is stopped before it has its input. */
  Uni<Void> stop(Run run) {
    return run.manifest().source().url() instanceof Outside && run.output() == null
        ? imports.cancel(run.id().importId())
        : Uni.createFrom().voidItem();
  }

  private static String dataTypeOf(SourceType type) {
    return switch (type) {
      case CSV, PARQUET -> "table";
      case TEXT -> "text";
      case IMAGE -> "image";
      case BINARY, TFRECORDS -> "binary";
    };
  }
}
