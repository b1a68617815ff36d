package dev.sluice.bench.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.PathKey;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * A row per file and version, done well: COPY, a primary key, keyset pages, one full outer join.
 */
final class RowModel implements Contender {
  private static final int COPY_BUFFER = 1 << 20;
  private final Connection db;
  private int last;

  RowModel(Connection db) throws SQLException {
    this.db = db;
    run(
        """
        create table file_row (
          version    integer not null,
          path       text collate "C" not null,
          size       bigint  not null,
          sha256     bytea   not null,
          media_type text    not null,
          object_key text    not null,
          primary key (version, path)) with (autovacuum_enabled = false)
        """);
  }

  @Override
  public int create(Path manifest) throws Exception {
    int version = ++last;
    PGConnection pg = db.unwrap(PGConnection.class);
    try (PGCopyOutputStream out =
        new PGCopyOutputStream(pg, "copy file_row from stdin", COPY_BUFFER)) {
      Corpus.read(manifest, entry -> write(out, version, entry));
    }
    return version;
  }

  private static void write(PGCopyOutputStream out, int version, Entry entry) {
    try {
      out.write(
          (version
                  + "\t"
                  + entry.path()
                  + "\t"
                  + entry.size()
                  + "\t\\\\x"
                  + entry.sha256().hex()
                  + "\t"
                  + entry.mediaType()
                  + "\t"
                  + entry.objectKey()
                  + "\n")
              .getBytes(UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public int inherit(int parent) throws SQLException {
    int version = ++last;
    run(
        """
        insert into file_row
        select %d, path, size, sha256, media_type, object_key from file_row where version = %d
        """
            .formatted(version, parent));
    return version;
  }

  @Override
  public int commit(int parent, List<Entry> edits) throws SQLException {
    db.setAutoCommit(false);
    int version = inherit(parent);
    try (PreparedStatement update =
        db.prepareStatement(
            "update file_row set size = ?, sha256 = ? where version = ? and path = ?")) {
      for (Entry edit : edits) {
        update.setLong(1, edit.size());
        update.setBytes(2, java.util.HexFormat.of().parseHex(edit.sha256().hex()));
        update.setInt(3, version);
        update.setString(4, edit.path().toString());
        update.addBatch();
      }
      update.executeBatch();
    }
    db.commit();
    db.setAutoCommit(true);
    return version;
  }

  @Override
  public void diff(int from, int to, Consumer<String> taker) throws SQLException {
    db.setAutoCommit(false);
    try (PreparedStatement select =
        db.prepareStatement(
            """
            select coalesce(a.path, b.path) as path, a.sha256, b.sha256
            from (select * from file_row where version = ?) a
            full outer join (select * from file_row where version = ?) b on a.path = b.path
            where a.path is null or b.path is null
              or (a.size, a.sha256, a.media_type) <> (b.size, b.sha256, b.media_type)
            order by 1
            """)) {
      select.setFetchSize(5_000);
      select.setInt(1, from);
      select.setInt(2, to);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          taker.accept(rows.getString(1) + " " + hex(rows, 2) + " " + hex(rows, 3));
        }
      }
    }
    db.commit();
    db.setAutoCommit(true);
  }

  private static String hex(ResultSet row, int column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? "-" : java.util.HexFormat.of().formatHex(bytes);
  }

  @Override
  public List<Entry> page(int version, String after, int limit) throws SQLException {
    try (PreparedStatement select =
        db.prepareStatement(
            """
            select path, size, sha256, media_type, object_key from file_row
            where version = ? and path > ? order by path limit ?
            """)) {
      select.setInt(1, version);
      select.setString(2, after);
      select.setInt(3, limit);
      List<Entry> page = new ArrayList<>(limit);
      read(select, page::add);
      return page;
    }
  }

  private static void read(PreparedStatement select, Consumer<Entry> taker) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        taker.accept(
            new Entry(
                PathKey.of(rows.getString(1)),
                rows.getLong(2),
                Digest.of(rows.getBytes(3)),
                rows.getString(4),
                rows.getString(5),
                Entry.UNKNOWN,
                Entry.UNKNOWN));
      }
    }
  }

  @Override
  public String stat(int version, String path) throws SQLException {
    try (PreparedStatement select =
        db.prepareStatement("select size, sha256 from file_row where version = ? and path = ?")) {
      select.setInt(1, version);
      select.setString(2, path);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) + " " + hex(row, 2) : "none";
      }
    }
  }

  @Override
  public void files(int version, Consumer<Entry> taker) throws SQLException {
    db.setAutoCommit(false);
    try (PreparedStatement select =
        db.prepareStatement(
            """
            select path, size, sha256, media_type, object_key from file_row
            where version = ? order by path
            """)) {
      select.setFetchSize(5_000);
      select.setInt(1, version);
      read(select, taker);
    }
    db.commit();
    db.setAutoCommit(true);
  }

  @Override
  public void drop(int version) throws SQLException {
    run("delete from file_row where version = " + version);
    run("vacuum file_row");
  }

  @Override
  public long bytes() throws SQLException {
    try (Statement select = db.createStatement();
        ResultSet row = select.executeQuery("select pg_total_relation_size('file_row')")) {
      row.next();
      return row.getLong(1);
    }
  }

  void analyze() throws SQLException {
    run("analyze file_row");
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = db.createStatement()) {
      statement.execute(sql);
    }
  }
}
