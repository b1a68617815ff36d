package dev.sluice.chaos.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.upload.Api;
import dev.sluice.chaos.upload.LedgerView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** One import of files that a server serves, well or badly, into a project of its own. */
final class ImportTrial {
  private static final int MOST_RETRIES = 4;
  private static final int SMALL = 64 << 10;

  private final Order order;
  private final SourceServer server;
  private final Map<String, SourceFile> files = new TreeMap<>();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Paths that the version has to have; an archive is not among them, its entries are. */
  private final Map<String, SourceFile> expected = new TreeMap<>();

  private ImportTrial(Order order, SourceServer server) {
    this.order = order;
    this.server = server;
  }

  /**
   * A great file of two or three parts, up to two small ones, and now and then an archive.
   *
   * @param trouble of the great file
   */
  static ImportTrial of(
      Api api,
      SourceServer server,
      String project,
      Trouble trouble,
      boolean archive,
      int partSize,
      Random random)
      throws IOException {
    ImportTrial trial = new ImportTrial(new Order(api, project, new ArrayList<>()), server);
    int size = partSize * (1 + random.nextInt(2)) + 1 + random.nextInt(partSize);
    trial.serve(
        "great.bin",
        SourceFile.of(size, trouble, 1 + random.nextInt(2), 1 + random.nextInt(3), random));
    for (int i = random.nextInt(3); i > 0; i--) {
      trial.serve(i + ".bin", SourceFile.of(random.nextInt(SMALL), Trouble.NONE, 0, 0, random));
    }
    if (archive) {
      trial.serveArchive(random);
    }
    return trial;
  }

  private void serve(String path, SourceFile file) {
    files.put(path, file);
    expected.put(path, file);
    order.urls().add(server.put(order.project() + "/" + path, file));
  }

  private void serveArchive(Random random) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("in/one.bin", "in/two.bin")) {
        byte[] content = new byte[1 + random.nextInt(SMALL)];
        random.nextBytes(content);
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
        expected.put(name, SourceFile.of(content));
      }
    }
    SourceFile archive = SourceFile.of(bytes.toByteArray());
    files.put("all.zip", archive);
    order.urls().add(server.put(order.project() + "/all.zip", archive));
  }

  Order order() {
    return order;
  }

  Map<String, SourceFile> expected() {
    return expected;
  }

  List<String> wrong() {
    return wrong;
  }

  List<String> lines() {
    return lines;
  }

  /** Asks, and asks again after each failure that the source excuses, until it is done. */
  void run() {
    order.prepare();
    bring(order.request());
  }

  /** Asks, thinks better of it after so many milliseconds, and asks again. */
  void runCancelled(int afterMillis) {
    order.prepare();
    String id = order.request();
    Round.pause(afterMillis);
    order.cancel(id);
    JsonNode end = order.ended(id);
    lines.add(end.toString());
    switch (end.path("state").asText()) {
      case "succeeded" -> {}
      case "cancelled" -> bring(order.requestAnother());
      default -> wrong.add("it was cancelled and ended as " + end);
    }
  }

  /** Orders it for ever, and makes the second time come at once: it finds nothing new. */
  void runAgain(LedgerView ledger) {
    order.prepare();
    String id = order.requestEvery();
    bring(id);
    try {
      ledger.makeDue(order.project());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    for (String each : order.all(2)) {
      JsonNode end = order.ended(each);
      lines.add(end.toString());
      if (!end.path("state").asText().equals(each.equals(id) ? "succeeded" : "unchanged")) {
        wrong.add("of two it ended as " + end);
      }
    }
    if (order.all(2).size() != 2) {
      wrong.add("it was due once and there are " + order.all(2));
    }
  }

  private void bring(String id) {
    for (int retries = 0; ; retries++) {
      JsonNode end = order.ended(id);
      lines.add(end.toString());
      String state = end.path("state").asText();
      if (state.equals("succeeded")) {
        return;
      }
      String code = end.path("code").asText();
      boolean excused =
          state.equals("failed")
              && files.values().stream().anyMatch(file -> file.trouble().excuses(code));
      if (!excused) {
        wrong.add("it ended as " + end);
        return;
      }
      if (retries == MOST_RETRIES) {
        wrong.add("it never succeeds: " + end);
        return;
      }
      if (retries == MOST_RETRIES - 1) {
        files.values().forEach(SourceFile::behave);
      }
      order.retry(id);
    }
  }

  /** As the other, asked for twice at the same time: the second finds nothing new. */
  void runTwice() {
    order.prepare();
    String first = order.request();
    String second = order.requestAnother();
    for (String id : List.of(first, second)) {
      JsonNode end = order.ended(id);
      lines.add(end.toString());
      if (!List.of("succeeded", "unchanged").contains(end.path("state").asText())) {
        wrong.add("it ended as " + end);
      }
    }
  }

  /** Its files are served no more. */
  void end() {
    server.forget(order.project() + "/");
  }
}
