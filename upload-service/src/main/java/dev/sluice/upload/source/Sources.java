package dev.sluice.upload.source;

/** Opens places outside. */
public interface Sources {
  /**
   * Opens the source that the URL names. Nothing may have been connected to yet.
   *
   * @param project the project that imports; decides which credentials and which bucket of Sluice's
   *     own store may be read
   * @throws SourceException.Refused when the address, the path or the credentials are not allowed
   * @throws SourceException.Invalid when the URL is of no use
   */
  Source open(String project, SourceSpec spec) throws SourceException;
}
