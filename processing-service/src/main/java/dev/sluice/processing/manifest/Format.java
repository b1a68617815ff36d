package dev.sluice.processing.manifest;

/** How the output is written: {@code format} of a destination, the same for all of a run. */
public enum Format implements Choice {
  PARQUET("parquet"),
  IMAGE("image"),
  TEXT("text"),
  CSV("csv"),
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
