package dev.sluice.processing.manifest;

/** When an image is fetched: {@code spec.image.pullPolicy}. */
public enum PullPolicy implements Choice {
  ALWAYS("Always"),
  IF_NOT_PRESENT("IfNotPresent"),
  NEVER("Never");

  private final String text;

  PullPolicy(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
