package dev.sluice.chaos.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.local.part.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the database has, by plain SQL; rows come as JSON, so that new columns break nothing. */
public record LedgerView(Database database) {
  private static final String UPLOADS =
      "select to_jsonb(u)::text from upload.upload u where project = ? order by created_at, id";
  private static final String PARTS =
      "select to_jsonb(p)::text from upload.upload_part p where upload_id = ?::uuid";
  private static final String FILES =
      """
      select to_jsonb(f)::text from catalog.draft_change f
      join catalog.dataset_version v on v.id = f.version_id
      where v.project = ? and v.state <> 'dropped' and f.sha256 is not null
      order by f.path
      """;
  private static final String PENDING =
      """
      select to_jsonb(f)::text from catalog.pending_file f
      join catalog.dataset_version v on v.id = f.version_id
      where v.project = ?
      """;
  private static final String RESTLESS =
      """
      select (select count(*) from upload.outbox_event where project = ?)
           + (select count(*) from catalog.outbox_event where project = ?)
           + (select count(*) from upload.upload where project = ?
              and (state = 'verifying' or cleanup_at < now() + interval '3 seconds'))
      """;

  private static final String DUE =
      """
      update upload.import_schedule s set next_at = now() where s.project = ?
      returning to_jsonb(s)::text
      """;

  /** The ledger of uploads. */
  public List<JsonNode> uploads(String project) throws SQLException {
    return rows(UPLOADS, project);
  }

  /** Parts that the ledger knows of. */
  List<JsonNode> parts(String uploadId) throws SQLException {
    return rows(PARTS, uploadId);
  }

  /** Files that uploads brought into drafts; the catalog keeps their rows for a while. */
  public List<JsonNode> files(String project) throws SQLException {
    return rows(FILES, project);
  }

  /** Files that the catalog still waits for. */
  List<JsonNode> pending(String project) throws SQLException {
    return rows(PENDING, project);
  }

  /** Things that are about to happen by themselves. */
  public long restless(String project) throws SQLException {
    return count(RESTLESS, project, project, project);
  }

  /** Keeps every table of the service's schema as it is now. */
  void keep() throws SQLException {
    execute(
        """
        do $$ declare t text; begin
          drop schema if exists kept cascade;
          create schema kept;
          for t in select tablename from pg_tables where schemaname = 'upload'
          loop execute format('create table kept.%1$I as table upload.%1$I', t); end loop;
          create table kept."sequence values" as
            select sequencename, last_value from pg_sequences
            where schemaname = 'upload' and last_value is not null;
        end $$
        """);
  }

  /** Puts every table back to how it was kept, as a restored dump would; nobody may be using it. */
  void putBack() throws SQLException {
    execute(
        """
        do $$ declare t text; begin
          set local session_replication_role = replica;
          for t in select tablename from pg_tables where schemaname = 'upload'
          loop
            execute format('delete from upload.%I', t);
            execute format('insert into upload.%1$I overriding system value table kept.%1$I', t);
          end loop;
          perform setval(format('upload.%I', sequencename)::regclass, last_value)
            from kept."sequence values";
        end $$
        """);
  }

  /** Makes the schedules of a project due. */
  public void makeDue(String project) throws SQLException {
    rows(DUE, project);
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = database.connect();
        var plain = connection.createStatement()) {
      plain.execute(statement);
    }
  }

  /** One number. */
  public long count(String query, String... parameters) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = prepared(connection, query, parameters);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Rows of a query whose only column is JSON. */
  public List<JsonNode> rows(String query, String... parameters) throws SQLException {
    List<JsonNode> all = new ArrayList<>();
    try (Connection connection = database.connect();
        PreparedStatement statement = prepared(connection, query, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        all.add(Api.JSON.readTree(rows.getString(1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static PreparedStatement prepared(
      Connection connection, String query, String... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query);
    for (int i = 0; i < parameters.length; i++) {
      statement.setString(i + 1, parameters[i]);
    }
    return statement;
  }
}
