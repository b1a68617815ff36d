package dev.sluice.processing.manifest;

/** How the output is written: {@code spec.destination.format}. */
public enum Format implements Choice {
  PARQUET("parquet"),
  IMAGE("image"),
  TEXT("text"),
  BINARY("binary"),
  TFRECORDS("tfrecords");

  private final String text;

  Format(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
