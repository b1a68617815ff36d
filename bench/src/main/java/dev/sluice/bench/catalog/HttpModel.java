package dev.sluice.bench.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.bench.upload.OurStack;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.PathKey;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Versions through the catalog's API: what a client waits for, each edit a line of JSON. */
final class HttpModel implements Contender, AutoCloseable {
  private static final String NDJSON = "application/x-ndjson";

  private final Connection db;
  private final String project;
  private final CatalogApi api;

  /**
   * @param db of the stack, to say which bytes the project holds: nothing is uploaded here
   */
  HttpModel(OurStack stack, Connection db) {
    this.db = db;
    this.project = stack.project();
    this.api =
        new CatalogApi(
            "%s/api/v1/projects/%s/datasets/%s/versions"
                .formatted(stack.api(), project, stack.dataset()),
            stack.token());
  }

  /** Makes the bytes of these files known, as uploads of them would. */
  void hold(Iterable<Entry> files) throws SQLException, IOException {
    PGConnection pg = db.unwrap(PGConnection.class);
    try (PGCopyOutputStream out =
        new PGCopyOutputStream(
            pg,
            "copy catalog.stored_object (project, object_key, sha256, size, media_type) from stdin",
            1 << 20)) {
      for (Entry file : files) {
        out.write(
            "%s\tdataset/held/%s\t%s\t%d\t%s\n"
                .formatted(project, file.sha256(), file.sha256(), file.size(), file.mediaType())
                .getBytes(UTF_8));
      }
    }
    try (Statement analyze = db.createStatement()) {
      analyze.execute("analyze catalog.stored_object");
    }
  }

  /** Writes edits that put these files. */
  static Path lines(Path file, Iterable<Entry> files) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Entry entry : files) {
        out.write(
            "{\"op\":\"put\",\"path\":\"%s\",\"sha256\":\"%s\",\"size\":%d}\n"
                .formatted(entry.path(), entry.sha256(), entry.size()));
      }
    }
    return file;
  }

  @Override
  public int create(Path lines) throws IOException, InterruptedException {
    return sealed(open(null), lines);
  }

  /** A draft with the files of another version; close it before the next is opened. */
  @Override
  public int inherit(int parent) throws IOException, InterruptedException {
    return open("v" + parent);
  }

  @Override
  public int commit(int parent, List<Entry> edits) throws IOException, InterruptedException {
    StringBuilder lines = new StringBuilder();
    for (Entry edit : edits) {
      lines
          .append("{\"op\":\"put\",\"path\":\"")
          .append(edit.path())
          .append("\",\"sha256\":\"")
          .append(edit.sha256())
          .append("\",\"size\":")
          .append(edit.size())
          .append("}\n");
    }
    int draft = open("v" + parent);
    return seal(
        draft,
        api.post(
            at(draft) + "/edits", NDJSON, BodyPublishers.ofString(lines.toString()), Counts.class));
  }

  private int open(@Nullable String parent) throws IOException, InterruptedException {
    String body = parent == null ? "{}" : "{\"inheritedFrom\":\"" + parent + "\"}";
    return Integer.parseInt(api.post("", body, Made.class).version().substring(1));
  }

  private int sealed(int draft, Path lines) throws IOException, InterruptedException {
    return seal(
        draft, api.post(at(draft) + "/edits", NDJSON, BodyPublishers.ofFile(lines), Counts.class));
  }

  private int seal(int draft, Counts counts) throws IOException, InterruptedException {
    api.post(at(draft) + "/seal", "{\"expectedFiles\":" + counts.files() + "}", Made.class);
    return draft;
  }

  private static String at(int version) {
    return "/v" + version;
  }

  @Override
  public void diff(int from, int to, Consumer<String> taker)
      throws IOException, InterruptedException {
    eachLine(
        at(to) + "/diff/lines?from=v" + from,
        text -> {
          Line line = CatalogApi.line(text, Line.class);
          taker.accept(line.path() + " " + side(line.was()) + " " + side(line.is()));
        });
  }

  private static String side(@Nullable Item side) {
    return side == null ? "-" : side.sha256();
  }

  @Override
  public List<Entry> page(int version, String after, int limit)
      throws IOException, InterruptedException {
    int number = after.isEmpty() ? 1 : (Corpus.number(after) + 1) / limit + 1;
    Listing page =
        api.get(at(version) + "/files?limit=" + limit + "&page=" + number, Listing.class);
    List<Entry> files = new ArrayList<>(limit);
    page.items().forEach(item -> files.add(item.entry()));
    return files;
  }

  @Override
  public String stat(int version, String path) throws IOException, InterruptedException {
    Item file = api.get(at(version) + "/files/" + path, Item.class);
    return file.size() + " " + file.sha256();
  }

  /** The manifest of a sealed version, all pages of a draft. */
  @Override
  public void files(int version, Consumer<Entry> taker) throws IOException, InterruptedException {
    if (isDraft(version)) {
      for (@Nullable String cursor = ""; cursor != null; ) {
        Listing page = api.get(at(version) + "/files?limit=1000" + cursor, Listing.class);
        page.items().forEach(item -> taker.accept(item.entry()));
        String next = page.nextCursor();
        cursor = next == null ? null : "&cursor=" + URLEncoder.encode(next, UTF_8);
      }
      return;
    }
    eachLine(
        at(version) + "/manifest", text -> taker.accept(CatalogApi.line(text, Item.class).entry()));
  }

  private void eachLine(String path, LineTaker taker) throws IOException, InterruptedException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(api.stream(path), UTF_8), 1 << 16)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        taker.take(line);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A draft goes; what was sealed stays. */
  @Override
  public void drop(int version) throws IOException, InterruptedException {
    if (isDraft(version)) {
      api.delete(at(version));
    }
  }

  private boolean isDraft(int version) throws IOException, InterruptedException {
    return api.get(at(version), Made.class).state().equals("draft");
  }

  @Override
  public long bytes() {
    throw new UnsupportedOperationException("the store tells");
  }

  @Override
  public void close() {
    api.close();
  }

  /** Takes a line. */
  private interface LineTaker {
    void take(String line) throws IOException;
  }

  /** A version. */
  private record Made(String version, String state) {}

  /** What edits made. */
  private record Counts(long files) {}

  /** A page of files. */
  private record Listing(List<Item> items, @Nullable String nextCursor) {}

  /** A path that differs. */
  private record Line(String path, @Nullable Item was, @Nullable Item is) {}

  /** A file. */
  private record Item(String path, long size, String sha256, String mediaType) {
    Entry entry() {
      return new Entry(
          PathKey.of(path),
          size,
          Digest.ofHex(sha256),
          mediaType,
          path,
          Entry.UNKNOWN,
          Entry.UNKNOWN);
    }
  }
}
