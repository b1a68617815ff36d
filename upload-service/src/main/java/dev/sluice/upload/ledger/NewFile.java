package dev.sluice.upload.ledger;

import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.FilePath;

/** A file that a caller announces. */
public record NewFile(Target target, FilePath path, FileContent content) {}
