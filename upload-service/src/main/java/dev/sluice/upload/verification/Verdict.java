package dev.sluice.upload.verification;

import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadState;
import dev.sluice.upload.ledger.UploadState.Verifying;
import java.time.Instant;

/** What reading an object back has shown. */
sealed interface Verdict {
  /** The state that follows. */
  UploadState following(Verifying state, Instant at);

  /** Name for figures. */
  String label();

  /** Decides by what was read. */
  static Verdict of(Upload upload, FileContent read, String mediaType) {
    FileContent announced = upload.content();
    if (read.size() != announced.size()) {
      return new Broken(
          "size is %d bytes, announced were %d".formatted(read.size(), announced.size()));
    }
    if (!read.sha256().equals(announced.sha256())) {
      return new Broken(
          "SHA-256 is %s, announced was %s".formatted(read.sha256(), announced.sha256()));
    }
    return upload.target().dataType().takes(mediaType)
        ? new Proved(mediaType)
        : new Foreign(mediaType, upload.target().dataType().refusal(mediaType));
  }

  /** It is what was announced. */
  record Proved(String mediaType) implements Verdict {
    @Override
    public UploadState following(Verifying state, Instant at) {
      return state.completed(mediaType, at);
    }

    @Override
    public String label() {
      return "completed";
    }
  }

  /** It is what was announced, but does not belong. */
  record Foreign(String mediaType, String reason) implements Verdict {
    @Override
    public UploadState following(Verifying state, Instant at) {
      return state.ignored(mediaType, reason, at);
    }

    @Override
    public String label() {
      return "ignored";
    }
  }

  /** It is something else, or nothing. */
  record Broken(String reason) implements Verdict {
    @Override
    public UploadState following(Verifying state, Instant at) {
      return state.failed(reason, at);
    }

    @Override
    public String label() {
      return "failed";
    }
  }
}
