package dev.sluice.catalog.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a version contains, in one value: SHA-256 over the lines {@code path NUL size NUL sha256 NUL
 * mediaType LF} of its files, sorted by path. Equal digests mean equal content, wherever it lies.
 */
public record VersionDigest(@JsonValue String value) {
  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

  public VersionDigest {
    if (!FORM.matcher(value).matches()) {
      throw InvalidRequest.of("digest", value, "'sha256:' and 64 lower-case hex digits")
          .exception();
    }
  }

  @Override
  public String toString() {
    return value;
  }

  /** Takes a version's files in the order of their paths. */
  public static final class Builder {
    private final MessageDigest sha256 = sha256();
    private @Nullable FilePath last;
    private long files;
    private long bytes;

    /**
     * Adds the next file.
     *
     * @throws IllegalArgumentException when its path is not behind the one before
     */
    public void add(VersionFile file) {
      FilePath path = new FilePath(file.path());
      FilePath before = last;
      if (before != null && path.compareTo(before) <= 0) {
        throw new IllegalArgumentException(path + " does not follow " + before);
      }
      last = path;
      files++;
      bytes += file.size();
      sha256.update(line(file).getBytes(UTF_8));
    }

    /** The content so far. */
    public Content content() {
      try {
        byte[] soFar = ((MessageDigest) sha256.clone()).digest();
        return new Content(
            new VersionDigest("sha256:" + HexFormat.of().formatHex(soFar)), files, bytes);
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static String line(VersionFile file) {
      return file.path()
          + '\0'
          + file.size()
          + '\0'
          + file.sha256()
          + '\0'
          + file.mediaType()
          + '\n';
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A version's content in figures. */
  public record Content(VersionDigest digest, long files, long bytes) {}
}
