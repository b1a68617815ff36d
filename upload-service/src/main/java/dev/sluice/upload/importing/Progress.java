package dev.sluice.upload.importing;

/**
 * How far an import is.
 *
 * @param filesTotal found so far, whatever became of them
 * @param filesDone brought and proved
 * @param bytesTotal of the files that are to be brought
 * @param bytesDone sent to the store
 */
record Progress(
    long filesTotal,
    long filesDone,
    long filesUnchanged,
    long filesIgnored,
    long filesFailed,
    long bytesTotal,
    long bytesDone) {
  static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0, 0);

  Progress withBytesDone(long bytes) {
    return new Progress(
        filesTotal, filesDone, filesUnchanged, filesIgnored, filesFailed, bytesTotal, bytes);
  }
}
