package dev.sluice.client.download;

/** Hears how downloads go on, from several threads at once; it must not block for long. */
public interface DownloadListener {

  /** Hears nothing. */
  DownloadListener SILENT = new DownloadListener() {};

  /**
   * What is known of the whole.
   *
   * @param complete whether it is all; else more may be found
   */
  default void planned(long files, long bytes, boolean complete) {}

  /** Bytes that were here before. */
  default void had(String path, long bytes) {}

  /** Bytes that came now; negative when they are thrown away and will come again. */
  default void received(String path, long bytes) {}

  /** The file is through, one way or another. */
  default void finished(DownloadOutcome outcome) {}
}
