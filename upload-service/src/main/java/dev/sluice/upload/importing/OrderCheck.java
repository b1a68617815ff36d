package dev.sluice.upload.importing;

import dev.sluice.events.ImportEvent.ImportRequested;
import dev.sluice.events.ImportEvent.Place;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.FieldError;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.media.DataType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells an order that can be followed from one that cannot, and which fields are at fault. */
final class OrderCheck {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{1,38})[a-z0-9]");
  private static final Pattern SECRET = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");
  private static final Set<String> SCHEMES = Set.of("http", "https", "s3", "nfs", "file");
  private static final int MOST_SOURCES = 100;
  private static final int LONGEST_URL = 4_096;
  private static final int LONGEST_GLOB = 1_024;
  private static final String TYPES =
      Arrays.stream(DataType.values()).map(DataType::label).collect(Collectors.joining(", "));

  private final List<FieldError> errors = new ArrayList<>();

  private OrderCheck() {}

  /**
   * The order of a request.
   *
   * @throws dev.sluice.support.problem.ProblemException 400 naming every field at fault
   */
  static Checked of(ImportRequest request) {
    OrderCheck check = new OrderCheck();
    check.label("project", request.project());
    check.label("dataset", request.dataset());
    Optional<DataType> type = check.type(request.dataType());
    List<Place> sources = check.sources(request.sources());
    String prefix = check.prefix(request.prefix());
    Optional<Period> every = check.every(request.every());
    if (!check.errors.isEmpty()) {
      throw new InvalidRequest(check.errors).exception();
    }
    return new Checked(
        new ImportOrder(
            Objects.requireNonNull(request.project()),
            Objects.requireNonNull(request.dataset()),
            type,
            sources,
            prefix,
            Boolean.TRUE.equals(request.expand())),
        every);
  }

  /** As the other one, for an order that came as an event. */
  static Checked of(ImportRequested event) {
    return of(
        new ImportRequest(
            event.project(),
            event.dataset(),
            event.dataType(),
            event.sources().stream()
                .map(p -> new ImportRequest.Source(p.url(), p.credentials(), p.glob()))
                .toList(),
            event.prefix(),
            event.expand(),
            event.every()));
  }

  private void wrong(String field, @Nullable String value, String allowed) {
    errors.add(new FieldError(field, value, allowed));
  }

  private void label(String field, @Nullable String value) {
    if (value == null || !LABEL.matcher(value).matches()) {
      wrong(field, value, "a DNS label of 3 to 40 characters");
    }
  }

  private Optional<DataType> type(@Nullable String name) {
    Optional<DataType> type = Optional.ofNullable(name).flatMap(DataType::named);
    if (name != null && type.isEmpty()) {
      wrong("dataType", name, TYPES);
    }
    return type;
  }

  private List<Place> sources(@Nullable List<ImportRequest.@Nullable Source> sources) {
    if (sources == null || sources.isEmpty() || sources.size() > MOST_SOURCES) {
      String size = sources == null ? null : sources.size() + " sources";
      wrong("sources", size, "1 to " + MOST_SOURCES + " sources");
      return List.of();
    }
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      source("sources[" + i + "]", sources.get(i)).ifPresent(places::add);
    }
    return places;
  }

  private Optional<Place> source(String field, ImportRequest.@Nullable Source source) {
    if (source == null || source.url() == null) {
      wrong(field + ".url", null, "a URL of scheme http, https, s3, nfs or file");
      return Optional.empty();
    }
    url(field + ".url", source.url());
    String credentials = source.credentials();
    if (credentials != null && !SECRET.matcher(credentials).matches()) {
      wrong(field + ".credentials", credentials, "the name of configured credentials");
    }
    glob(field + ".glob", source.glob());
    return Optional.of(new Place(source.url(), credentials, source.glob()));
  }

  /** A password in a URL would be kept and shown, so it is refused and not repeated. */
  private void url(String field, String text) {
    if (text.length() > LONGEST_URL) {
      wrong(field, text.length() + " characters", "at most " + LONGEST_URL + " characters");
      return;
    }
    try {
      URI url = new URI(text);
      String scheme = url.getScheme();
      if (scheme == null || !SCHEMES.contains(scheme)) {
        wrong(field, text, "a URL of scheme http, https, s3, nfs or file");
      } else if (String.valueOf(url.getRawAuthority()).contains("@")) {
        wrong(field, scheme + "://…", "no user or password; name credentials instead");
      } else if (!scheme.equals("file") && url.getRawAuthority() == null) {
        wrong(field, text, "a host, or a bucket for s3");
      } else if (url.getRawFragment() != null) {
        wrong(field, text, "no fragment");
      }
    } catch (URISyntaxException e) {
      wrong(field, text, "a valid URL, special characters percent-encoded");
    }
  }

  private void glob(String field, @Nullable String glob) {
    if (glob == null) {
      return;
    }
    try {
      if (glob.isBlank() || glob.length() > LONGEST_GLOB) {
        throw new PatternSyntaxException("length", glob, 0);
      }
      FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      wrong(field, glob, "a pattern such as *.csv or data/**/*.parquet");
    }
  }

  private String prefix(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    String prefix = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    FilePath.faultOf(prefix).ifPresent(fault -> wrong("prefix", text, fault));
    return Normalizer.normalize(prefix, Normalizer.Form.NFC);
  }

  private Optional<Period> every(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<Period> every = Period.read(text);
    if (every.isEmpty()) {
      wrong("every", text, Period.ALLOWED);
    }
    return every;
  }

  /**
   * An order that can be followed.
   *
   * @param every how often, when more than once
   */
  record Checked(ImportOrder order, Optional<Period> every) {}
}
