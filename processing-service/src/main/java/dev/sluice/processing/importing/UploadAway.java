package dev.sluice.processing.importing;

/** Upload-service does not answer; the same call may succeed later. */
public final class UploadAway extends RuntimeException {
  UploadAway(String why) {
    super(why, null, false, false);
  }
}
