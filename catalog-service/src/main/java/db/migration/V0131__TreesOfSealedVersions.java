package db.migration;

import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.InnerCache;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import dev.sluice.manifest.TreeBuilder;
import dev.sluice.manifest.sql.SqlNodes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Makes trees of the versions that were sealed when a file was a row, and drops these rows. */
public class V0131__TreesOfSealedVersions extends BaseJavaMigration {
  private static final int FETCH = 5_000;
  private static final String SEALED =
      """
      select v.id, v.project from dataset_version v
      where v.state in ('sealed', 'released', 'withdrawn') order by v.id
      """;
  private static final String FILES =
      """
      select path, size, sha256, media_type, object_key, row_count
      from version_file where version_id = ? order by path
      """;

  @Override
  public void migrate(Context context) throws SQLException {
    Connection db = context.getConnection();
    for (Map.Entry<UUID, String> version : sealed(db).entrySet()) {
      SqlNodes nodes = SqlNodes.within(db, version.getValue());
      Digest root = build(db, version.getKey(), new ManifestTree(nodes, new InnerCache(16)));
      try (PreparedStatement update =
          db.prepareStatement(
              "update dataset_version set root = ?, digest = 'sha256:' || ? where id = ?")) {
        update.setString(1, root.hex());
        update.setString(2, root.hex());
        update.setObject(3, version.getKey());
        update.executeUpdate();
      }
    }
    try (Statement drop = db.createStatement()) {
      drop.execute("drop table version_file");
    }
  }

  private static Map<UUID, String> sealed(Connection db) throws SQLException {
    Map<UUID, String> sealed = new LinkedHashMap<>();
    try (Statement select = db.createStatement();
        ResultSet rows = select.executeQuery(SEALED)) {
      while (rows.next()) {
        sealed.put(rows.getObject(1, UUID.class), rows.getString(2));
      }
    }
    return sealed;
  }

  private static Digest build(Connection db, UUID version, ManifestTree tree) throws SQLException {
    TreeBuilder builder = tree.builder();
    try (PreparedStatement select = db.prepareStatement(FILES)) {
      select.setFetchSize(FETCH);
      select.setObject(1, version);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          builder.add(entry(rows));
        }
      }
    }
    return builder.root();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    long rows = row.getLong(6);
    boolean counted = !row.wasNull();
    return new Entry(
        PathKey.of(row.getString(1)),
        row.getLong(2),
        Digest.ofHex(row.getString(3)),
        row.getString(4),
        row.getString(5),
        Entry.UNKNOWN,
        counted ? rows : Entry.UNKNOWN);
  }
}
