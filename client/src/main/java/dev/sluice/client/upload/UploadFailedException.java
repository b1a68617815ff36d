package dev.sluice.client.upload;

/** A file cannot be uploaded; the message says why, for people. */
final class UploadFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UploadFailedException(String message) {
    super(message);
  }
}
