package dev.sluice.upload.verification;

import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.ledger.Upload;
import java.util.List;
import java.util.stream.Collectors;

/** What reading an object back has shown. */
sealed interface Verdict {
  /** How often parts are wanted again before an upload has failed. */
  int MOST_REPAIRS = 3;

  /** Name for figures. */
  String label();

  /**
   * Decides by what was read.
   *
   * @param crc32c over all of it
   * @param wrong numbers of parts whose checksum is not the one that was told
   */
  static Verdict of(
      Upload upload, FileContent read, String crc32c, String mediaType, List<Integer> wrong) {
    FileContent announced = upload.content();
    if (read.size() != announced.size()) {
      return new Broken(
          "size is %d bytes, announced were %d".formatted(read.size(), announced.size()));
    }
    if (!wrong.isEmpty()) {
      return Damaged.of(upload, wrong, "CRC-32C is not the one that was told");
    }
    if (!announced.mayBe(read)) {
      return new Broken(
          "SHA-256 is %s, announced was %s"
              .formatted(read.sha256().orElse(""), announced.sha256().orElse("")));
    }
    return upload.target().dataType().takes(mediaType)
        ? new Proved(read, crc32c, mediaType)
        : new Foreign(mediaType, upload.target().dataType().refusal(mediaType));
  }

  /** No object is there: a single PUT never came, or the merged object is gone. */
  static Verdict absent(Upload upload) {
    return upload.plan().single()
        ? Damaged.of(upload, List.of(1), "it is not in the store")
        : new Broken("the object is not in the store");
  }

  /** It is what was announced. */
  record Proved(FileContent content, String crc32c, String mediaType) implements Verdict {
    @Override
    public String label() {
      return "completed";
    }
  }

  /** It is what was announced, but does not belong. */
  record Foreign(String mediaType, String reason) implements Verdict {
    @Override
    public String label() {
      return "ignored";
    }
  }

  /** Some parts are something else; sent again, they mend it. */
  record Damaged(List<Integer> parts, String reason) implements Verdict {
    private static final int NAMED = 20;

    static Verdict of(Upload upload, List<Integer> parts, String why) {
      String numbers =
          parts.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
      String reason =
          (parts.size() == 1 ? "part " : "parts ")
              + numbers
              + (parts.size() > NAMED ? " and " + (parts.size() - NAMED) + " more" : "")
              + " must be sent again: "
              + why;
      return upload.reopened() < MOST_REPAIRS
          ? new Damaged(parts, reason)
          : new Broken(reason + ", after " + MOST_REPAIRS + " repairs");
    }

    @Override
    public String label() {
      return "reopened";
    }
  }

  /** It is something else, or nothing. */
  record Broken(String reason) implements Verdict {
    @Override
    public String label() {
      return "failed";
    }
  }
}
