package dev.sluice.upload.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.upload.file.FilePath;
import java.net.URLDecoder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** What a file that came by HTTP is called. */
final class FileName {
  private static final int LONGEST_HEADER = 2_000;
  private static final Pattern EXTENDED =
      Pattern.compile("(?i)(?:^|;)\\s*filename\\*\\s*=\\s*UTF-8'[^']*'([^;\\s]+)");
  private static final Pattern QUOTED =
      Pattern.compile("(?i)(?:^|;)\\s*filename\\s*=\\s*\"([^\"]*)\"");
  private static final Pattern BARE =
      Pattern.compile("(?i)(?:^|;)\\s*filename\\s*=\\s*([^\";\\s]+)");
  private static final String NAMELESS = "index";

  private FileName() {}

  /**
   * The last segment of the name in {@code Content-Disposition}, else of the URL asked for, else
   * {@code index}; the first of them that a version takes.
   */
  static String of(HttpUrl asked, Response response) {
    String header = Optional.ofNullable(response.header("Content-Disposition")).orElse("");
    List<String> segments = asked.pathSegments();
    return Stream.of(disposed(header), Optional.of(segments.getLast()))
        .flatMap(Optional::stream)
        .map(name -> name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1))
        .filter(name -> FilePath.faultOf(name).isEmpty())
        .map(name -> FilePath.of(name).value())
        .findFirst()
        .orElse(NAMELESS);
  }

  private static Optional<String> disposed(String header) {
    if (header.length() > LONGEST_HEADER) {
      return Optional.empty();
    }
    return first(EXTENDED, header)
        .flatMap(FileName::decoded)
        .or(() -> first(QUOTED, header))
        .or(() -> first(BARE, header));
  }

  private static Optional<String> first(Pattern pattern, String header) {
    Matcher matcher = pattern.matcher(header);
    return matcher.find()
        ? Optional.of(Objects.requireNonNull(matcher.group(1)))
        : Optional.empty();
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
