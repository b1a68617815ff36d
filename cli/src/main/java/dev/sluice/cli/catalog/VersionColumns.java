package dev.sluice.cli.catalog;

import dev.sluice.cli.catalog.VersionProof.Fault;
import dev.sluice.cli.catalog.VersionProof.Proof;
import dev.sluice.cli.output.Column;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.EditCounts;
import dev.sluice.client.FileEntry;
import dev.sluice.client.FileHistory;
import dev.sluice.client.Merged;
import dev.sluice.client.Restored;
import dev.sluice.client.Statistics;
import dev.sluice.client.Version;
import dev.sluice.client.VersionIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is shown of versions and of what is done to them. */
final class VersionColumns {

  static final List<Column<Version>> LIST =
      List.of(
          Column.of("VERSION", Version::version),
          Column.of("STATE", Version::state),
          Column.number("FILES", version -> Texts.count(version.files())),
          Column.number("BYTES", version -> Texts.bytes(version.bytes())),
          Column.of("MADE BY", VersionColumns::madeBy),
          Column.of("INPUTS", Version::inputs),
          Column.number("POINTS", VersionColumns::points),
          Column.of("SEALED", Version::sealedAt));

  static final List<Column<Version>> ONE =
      List.of(
          Column.of("Dataset", Version::dataset),
          Column.of("Version", Version::version),
          Column.of("State", Version::state),
          Column.of("Digest", Version::digest),
          Column.of("Files", version -> Texts.count(version.files())),
          Column.of("Bytes", version -> Texts.bytes(version.bytes())),
          Column.of("Made by", VersionColumns::madeBy),
          Column.of("Inputs", Version::inputs),
          Column.of("Inherited from", Version::inheritedFrom),
          Column.of("Indexed as", VersionColumns::indexes),
          Column.of("Created by", Version::createdBy),
          Column.of("Created", Version::createdAt),
          Column.of("Sealed", Version::sealedAt));

  static final List<Column<FileEntry>> FILES =
      List.of(
          Column.of("PATH", FileEntry::path),
          Column.number("BYTES", file -> Texts.bytes(file.size())),
          Column.number("ROWS", FileEntry::rows),
          Column.of("TYPE", FileEntry::mediaType),
          Column.of("SHA-256", file -> Texts.shorten(file.sha256(), 13)));

  static final List<Column<EditCounts>> EDITED =
      List.of(
          Column.of("Put", counts -> Texts.count(counts.put())),
          Column.of("Removed", counts -> Texts.count(counts.removed())),
          Column.of("Moved", counts -> Texts.count(counts.moved())),
          Column.of("Files", counts -> Texts.count(counts.files())),
          Column.of("Bytes", counts -> Texts.bytes(counts.bytes())));

  static final List<Column<Merged>> MERGED =
      List.of(
          Column.of("Both began with", Merged::base),
          Column.of("Taken", merged -> Texts.count(merged.taken())),
          Column.of("Resolved", merged -> Texts.count(merged.resolved())),
          Column.of("Files", merged -> Texts.count(merged.files())));

  static final List<Column<Restored>> RESTORED =
      List.of(
          Column.of("Changed", restored -> Texts.count(restored.changed())),
          Column.of("Files", restored -> Texts.count(restored.files())));

  static final List<Column<FileHistory.Step>> STEPS =
      List.of(
          Column.of("VERSION", FileHistory.Step::version),
          Column.of("CHANGE", FileHistory.Step::change),
          Column.number("BYTES", FileHistory.Step::size),
          Column.of("SHA-256", FileHistory.Step::sha256));

  static final List<Column<Statistics>> STATISTICS =
      List.of(
          Column.of("Version", Statistics::version),
          Column.of("Files", statistics -> Texts.count(statistics.files())),
          Column.of("Bytes", statistics -> Texts.bytes(statistics.bytes())),
          Column.of("Rows", Statistics::rows),
          Column.of("Media types", Statistics::mediaTypes),
          Column.of("Duplicates", Statistics::duplicates));

  static final List<Column<Proof>> PROOF =
      List.of(
          Column.of("Promised", Proof::promised),
          Column.of("Reckoned", Proof::reckoned),
          Column.of("Files read", Proof::files),
          Column.of("Holds", Proof::holds));

  static final List<Column<Fault>> FAULTS =
      List.of(Column.of("PATH", Fault::path), Column.of("FAULT", Fault::fault));

  private VersionColumns() {}

  private static @Nullable Object madeBy(Version version) {
    var producedBy = version.producedBy();
    if (producedBy == null) {
      return null;
    }
    return producedBy.runId() == null
        ? producedBy.kind()
        : producedBy.kind() + " " + Texts.shorten(producedBy.runId(), 9);
  }

  private static @Nullable Object points(Version version) {
    return version.indexes().isEmpty() ? null : Texts.count(version.indexes().getLast().points());
  }

  private static Object indexes(Version version) {
    return version.indexes().stream().map(VersionColumns::index).toList();
  }

  private static String index(VersionIndex index) {
    return index.collection() + " (" + Texts.count(index.points()) + " points)";
  }
}
