package db.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.part.Database;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.InnerCache;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import dev.sluice.manifest.sql.SqlNodes;
import dev.sluice.testing.PostgresResource;
import java.io.InputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What earlier releases left behind is there, in its new form, after all migrations. */
class MigrationsTest {

  @Test
  void makesTreesOfVersionsThatWereRows() throws Exception {
    // Given
    Database database = PostgresResource.emptyDatabase();
    flyway(database, "0100").migrate();
    try (Connection db = database.connect();
        Statement sql = db.createStatement()) {
      sql.execute(resource("/releases/0.1.0-before-trees.sql"));

      // When
      flyway(database, "latest").migrate();

      // Then
      sql.execute("set search_path to catalog");
      List<Entry> expected = new ArrayList<>();
      for (int n = 1; n <= 1000; n++) {
        expected.add(file(n));
      }
      Digest root = ManifestTree.rootOf(expected.iterator());
      assertThat(text(sql, "select root from dataset_version where number = 1"))
          .isEqualTo(root.hex());
      assertThat(text(sql, "select digest from dataset_version where number = 1"))
          .isEqualTo("sha256:" + root.hex());
      assertThat(text(sql, "select digest from dataset_version where number = 2"))
          .isEqualTo("sha256:" + ManifestTree.EMPTY.hex());
      List<Entry> kept = new ArrayList<>();
      new ManifestTree(SqlNodes.within(db, "lab"), new InnerCache(8))
          .entries(root)
          .forEachRemaining(kept::add);
      assertThat(kept).isEqualTo(expected);
      assertThat(text(sql, "select path || ' ' || size from draft_change")).isEqualTo("new.txt 5");
      assertThat(text(sql, "select count(*) from stored_object where project = 'lab'"))
          .isEqualTo("1001");
      assertThat(text(sql, "select coalesce(to_regclass('catalog.version_file')::text, 'gone')"))
          .isEqualTo("gone");
    }
  }

  private static Entry file(int n) throws Exception {
    byte[] content = Integer.toString(n).getBytes(UTF_8);
    return new Entry(
        PathKey.of("ä/%04d.txt".formatted(n)),
        1,
        Digest.of(MessageDigest.getInstance("SHA-256").digest(content)),
        "text/plain",
        "dataset/wiki/v1/" + n,
        Entry.UNKNOWN,
        n);
  }

  private static String text(Statement sql, String query) throws SQLException {
    try (ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Flyway flyway(Database database, String target) {
    return Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .schemas("catalog")
        .locations("db/support", "db/migration")
        .target(target)
        .load();
  }

  private static String resource(String name) throws Exception {
    try (InputStream in = MigrationsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }
}
