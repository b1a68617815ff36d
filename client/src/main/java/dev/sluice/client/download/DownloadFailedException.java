package dev.sluice.client.download;

/** A file will not come; the message says why. */
final class DownloadFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DownloadFailedException(String message) {
    super(message);
  }
}
