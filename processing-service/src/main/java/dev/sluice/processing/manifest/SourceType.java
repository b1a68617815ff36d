package dev.sluice.processing.manifest;

/** What the input files hold: {@code spec.source.type}. */
public enum SourceType implements Choice {
  CSV("csv"),
  PARQUET("parquet"),
  IMAGE("image"),
  TEXT("text"),
  BINARY("binary"),
  TFRECORDS("tfrecords");

  private final String text;

  SourceType(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
