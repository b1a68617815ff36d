package dev.sluice.processing.manifest;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a run's input lies: {@code spec.source.url}. */
public sealed interface SourceUrl {
  /** What a source address may look like. */
  String ALLOWED =
      "sluice://<project>/<dataset>@<v1|latest>[/<glob>], http://…, https://…, s3://…, nfs://…,"
          + " file:///…";

  /** What names a dataset, without a version. */
  String DATASET = "sluice://%1$s/%1$s".formatted(Patterns.LABEL);

  /** The address as the manifest spells it. */
  String text();

  /**
   * A version of a dataset in the catalog.
   *
   * @param version {@code v1}, {@code v2}, … or {@code latest}
   * @param glob the files to take; null takes all
   */
  record InCatalog(String project, String dataset, String version, @Nullable PathGlob glob)
      implements SourceUrl {
    /** Whether it takes the whole version or what lies below one folder of it. */
    public boolean isFolder() {
      return glob == null || glob.isPlain();
    }

    @Override
    public String text() {
      String files = glob == null ? "" : "/" + glob.pattern();
      return "sluice://" + project + "/" + dataset + "@" + version + files;
    }
  }

  /** An address outside of Sluice; its files have to be imported first. */
  record Outside(URI uri) implements SourceUrl {
    @Override
    public String text() {
      return uri.toString();
    }
  }

  /** The typed form; empty when the text is none of {@link #ALLOWED}. */
  static Optional<SourceUrl> parse(String text) {
    Matcher version = Patterns.VERSION.matcher(text);
    if (version.matches()) {
      String glob = version.group("glob");
      return Optional.of(
          new InCatalog(
              version.group("project"),
              version.group("dataset"),
              version.group("version"),
              glob == null ? null : new PathGlob(glob)));
    }
    return Patterns.outside(text).map(Outside::new);
  }

  /** How addresses are recognised. */
  final class Patterns {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]";
    private static final Pattern VERSION =
        Pattern.compile(
            "sluice://(?<project>%1$s)/(?<dataset>%1$s)@(?<version>v[1-9][0-9]{0,8}|latest)"
                    .formatted(LABEL)
                + "(?:/(?<glob>[^\\x00]+))?");
    private static final Set<String> SCHEMES = Set.of("http", "https", "s3", "nfs", "file");

    private Patterns() {}

    private static Optional<URI> outside(String text) {
      try {
        URI uri = URI.create(text);
        boolean known = uri.getScheme() != null && SCHEMES.contains(uri.getScheme());
        boolean local = "file".equals(uri.getScheme());
        boolean whole = local ? uri.getPath() != null : uri.getAuthority() != null;
        return known && whole ? Optional.of(uri) : Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
