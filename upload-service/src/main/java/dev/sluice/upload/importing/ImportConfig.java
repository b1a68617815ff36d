package dev.sluice.upload.importing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How imports are worked off; what they may reach is {@code sluice.import}. */
@ConfigMapping(prefix = "sluice.imports")
public interface ImportConfig {
  /** Imports that one replica works on at a time. */
  @WithDefault("4")
  int parallelism();

  /** Files of one import that are sent at a time. */
  @WithDefault("8")
  int parallelFiles();

  /** Parts of one file that are read and sent at a time, each over connections of its own. */
  @WithDefault("16")
  int parallelParts();

  /** Parts that one replica has in flight over all imports; each holds one buffer. */
  @WithDefault("64")
  int window();

  /** Bytes of the buffer of a part in flight. */
  @WithDefault("262144")
  int buffer();

  /** How often a part is tried before the import is put off. */
  @WithDefault("5")
  int partTries();

  /** How often an import is put off because a source did not answer, before it fails. */
  @WithDefault("5")
  int tries();

  /** How long an import rests after a source did not answer; doubled each time. */
  @WithDefault("5s")
  Duration rest();

  /** How long a replica's claim holds without a sign of life; then another takes over. */
  @WithDefault("30s")
  Duration lease();

  /** How long the draft of a failed import waits for a retry. */
  @WithDefault("24h")
  Duration keepFailed();

  /** Bytes that a file of unknown size, or an entry of an archive, may take on this disk. */
  @WithDefault("68719476736")
  long spoolLimit();

  /** Folder for such files; the system's own for temporary files when absent. */
  Optional<Path> spoolFolder();

  /** How often a replica looks for imports to work on; {@code off} for one that shall not. */
  @WithDefault("1s")
  String lookEvery();

  /** How often it renews its claims and writes progress down. */
  @WithDefault("2s")
  String renewEvery();

  /** How often it looks whether an import has ended. */
  @WithDefault("1s")
  String endEvery();

  /** How often it looks whether a schedule is due. */
  @WithDefault("1s")
  String scheduleEvery();
}
