package dev.sluice.upload.archive;

import java.io.InputStream;

/**
 * A file of an archive.
 *
 * @param path relative, by the rules of {@link dev.sluice.upload.file.FilePath}
 * @param size bytes as the archive claims; -1 when it does not say. The content is cut off by an
 *     {@link ArchiveException} when it turns out longer
 * @param content good until the next file is asked for; closing it is not needed
 */
public record ArchiveFile(String path, long size, InputStream content) {}
