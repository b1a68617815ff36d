package dev.sluice.processing.manifest;

/** Where the output goes: {@code type} of a destination. */
public enum DestinationType implements Choice {
  /** The project's own bucket, which holds the version itself; or one elsewhere. */
  S3("s3", "s3://", true),
  /** A folder of the machine that runs the service, where that is allowed. */
  LOCAL("local", "file://", true),
  /** A folder of an NFS export. */
  NFS("nfs", "nfs://", true),
  /** A collection of the vector store. */
  QDRANT("qdrant", "qdrant://", false),
  /** The output version alone; the address names its dataset. */
  DATASET("dataset", "sluice://", false);

  private final String text;
  private final String scheme;
  private final boolean files;

  DestinationType(String text, String scheme, boolean files) {
    this.text = text;
    this.scheme = scheme;
    this.files = files;
  }

  /** What its address begins with. */
  public String scheme() {
    return scheme;
  }

  /** Whether the version's files are copied there. */
  public boolean takesFiles() {
    return files;
  }

  @Override
  public String text() {
    return text;
  }
}
