package dev.sluice.processing.manifest;

/** Where the output goes: {@code spec.destination.type}. */
public enum DestinationType implements Choice {
  S3("s3"),
  LOCAL("local"),
  NFS("nfs"),
  QDRANT("qdrant");

  private final String text;

  DestinationType(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
