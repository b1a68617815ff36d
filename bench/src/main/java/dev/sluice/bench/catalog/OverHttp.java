package dev.sluice.bench.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.bench.Comparison;
import dev.sluice.bench.Figure;
import dev.sluice.bench.FigureSink;
import dev.sluice.bench.Pairs;
import dev.sluice.bench.Pairs.Sample;
import dev.sluice.bench.Settings;
import dev.sluice.bench.Statistics;
import dev.sluice.bench.upload.OurStack;
import dev.sluice.bench.upload.Shell;
import dev.sluice.manifest.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A client of a running catalog beside somebody who has the row model's tables to himself and works
 * on them by plain JDBC, in the same PostgreSQL: he has no service between, nobody asks him who he
 * is, and nothing is recorded.
 */
final class OverHttp implements AutoCloseable {
  private static final String PEER = "row-per-file SQL by plain JDBC";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int EDITS = 1_000;
  private static final int PAGE = 1_000;
  private static final int READS = 200;

  private final Settings settings;
  private final FigureSink sink;
  private final Corpus corpus;
  private final OurStack stack;
  private final Connection held;
  private final Connection theirs;
  private final HttpModel http;
  private final RowModel rows;
  private final Random random;

  OverHttp(Settings settings, FigureSink sink, int files) throws Exception {
    this.settings = settings;
    this.sink = sink;
    this.corpus = new Corpus(files);
    this.random = new Random(settings.seed());
    sink.say("catalog: a stack, for " + files + " files through HTTP");
    Path logs = Files.createDirectories(settings.data().resolve("logs"));
    this.stack =
        OurStack.start(
            settings.data().resolve("stack"),
            Map.of(),
            new Shell(logs.resolve("catalog.log"), PATIENCE));
    this.held = PostgresServer.connect(stack.database());
    this.theirs = PostgresServer.connect(stack.database());
    this.http = new HttpModel(stack, held);
    this.rows = new RowModel(theirs);
  }

  void all() throws Exception {
    Path manifest = corpus.write(settings.data());
    Iterable<Entry> all = () -> IntStream.range(0, corpus.files()).mapToObj(this::file).iterator();
    Path lines = HttpModel.lines(settings.data().resolve("edits.ndjson"), all);
    http.hold(all);
    seconds(
        "create from NDJSON",
        Pairs.run(
            settings,
            () -> made(http, List.of(), () -> http.create(lines)),
            () -> made(rows, List.of(), () -> rows.create(manifest))));
    int ours = http.create(lines);
    int their = rows.create(manifest);
    rows.analyze();
    seconds(
        "inherit",
        Pairs.run(
            settings,
            () -> made(http, List.of(), () -> http.inherit(ours)),
            () -> made(rows, List.of(), () -> rows.inherit(their))));
    commit(ours, their);
    diff(ours, their);
    reads(ours, their);
  }

  private Entry file(int number) {
    return Corpus.entry(number, 0);
  }

  private void commit(int ours, int their) throws Exception {
    List<List<Entry>> work = new ArrayList<>();
    for (int i = 0; i < settings.warmUps() + settings.pairs(); i++) {
      List<Entry> edits = corpus.edits(EDITS, false, i + 1, random);
      http.hold(edits);
      work.add(edits);
    }
    int[] at = new int[2];
    Pairs pairs =
        Pairs.run(
            settings,
            () -> {
              List<Entry> edits = work.get(at[0]++);
              return made(http, edits, () -> http.commit(ours, edits));
            },
            () -> {
              List<Entry> edits = work.get(at[1]++);
              return made(rows, edits, () -> rows.commit(their, edits));
            });
    seconds("commit of 1,000 edits", pairs);
  }

  private void diff(int ours, int their) throws Exception {
    List<Entry> edits = corpus.edits(EDITS, false, 77, random);
    http.hold(edits);
    int our = http.commit(ours, edits);
    int other = rows.commit(their, edits);
    String expected = compared(rows, their, other, "").got();
    Pairs pairs =
        Pairs.run(
            settings,
            () -> compared(http, ours, our, expected),
            () -> compared(rows, their, other, expected));
    seconds("diff, 1,000 random edits", pairs);
    rows.drop(other);
  }

  private static Sample compared(Contender model, int from, int to, String expected)
      throws Exception {
    StringBuilder found = new StringBuilder();
    long start = System.nanoTime();
    model.diff(from, to, line -> found.append(line).append('\n'));
    return new Sample(Map.of("s", since(start)), expected, found.toString());
  }

  private void reads(int ours, int their) throws Exception {
    int[] places = {0, corpus.files() / 2 / PAGE * PAGE, corpus.files() / PAGE * PAGE - PAGE};
    String[] names = {"first", "middle", "last"};
    for (int i = 0; i < places.length; i++) {
      int first = places[i];
      millis(
          "page of 1,000, " + names[i],
          Pairs.run(settings, () -> pages(http, ours, first), () -> pages(rows, their, first)));
    }
    long seed = settings.seed();
    millis(
        "stat of a random path",
        Pairs.run(
            settings,
            () -> stats(http, ours, new Random(seed)),
            () -> stats(rows, their, new Random(seed))));
  }

  private Sample pages(Contender model, int version, int first) throws Exception {
    String after = first == 0 ? "" : Corpus.path(first - 1);
    StringBuilder expected = new StringBuilder();
    IntStream.range(first, first + PAGE).forEach(n -> expected.append(told(file(n))));
    List<Double> millis = new ArrayList<>();
    StringBuilder got = new StringBuilder();
    for (int i = 0; i < READS; i++) {
      long start = System.nanoTime();
      List<Entry> page = model.page(version, after, PAGE);
      millis.add(since(start) * 1_000);
      got.setLength(0);
      page.forEach(entry -> got.append(told(entry)));
    }
    return new Sample(
        Map.of("p50", Statistics.median(millis)), expected.toString(), got.toString());
  }

  private Sample stats(Contender model, int version, Random some) throws Exception {
    List<Double> millis = new ArrayList<>();
    StringBuilder expected = new StringBuilder();
    StringBuilder got = new StringBuilder();
    for (int i = 0; i < READS; i++) {
      Entry entry = file(some.nextInt(corpus.files()));
      expected.append(entry.size()).append(' ').append(entry.sha256()).append('\n');
      long start = System.nanoTime();
      String stat = model.stat(version, entry.path().toString());
      millis.add(since(start) * 1_000);
      got.append(stat).append('\n');
    }
    return new Sample(
        Map.of("p50", Statistics.median(millis)), expected.toString(), got.toString());
  }

  /** Times the work alone, then reads the version that it made and compares every entry. */
  private Sample made(Contender model, List<Entry> edits, Work work) throws Exception {
    long start = System.nanoTime();
    int version = work.run();
    double seconds = since(start);
    MessageDigest got = MessageDigest.getInstance("SHA-256");
    model.files(version, entry -> got.update(told(entry).getBytes(UTF_8)));
    model.drop(version);
    MessageDigest expected = MessageDigest.getInstance("SHA-256");
    corpus.each(edits, entry -> expected.update(told(entry).getBytes(UTF_8)));
    return new Sample(
        Map.of("s", seconds),
        HexFormat.of().formatHex(expected.digest()),
        HexFormat.of().formatHex(got.digest()));
  }

  /** Without where the object lies: the API tells what the seal is made of. */
  private static String told(Entry entry) {
    return entry.path()
        + " "
        + entry.size()
        + " "
        + entry.sha256()
        + " "
        + entry.mediaType()
        + "\n";
  }

  private void seconds(String what, Pairs pairs) {
    Comparison by = pairs.by("s");
    sink.figure(Figure.beside("catalog", "http " + what, "s", PEER, by));
  }

  private void millis(String what, Pairs pairs) {
    Comparison by = pairs.by("p50");
    sink.figure(Figure.beside("catalog", "http " + what, "ms p50", PEER, by));
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() throws IOException {
    http.close();
    try {
      held.close();
      theirs.close();
    } catch (SQLException e) {
      throw new IOException(e);
    } finally {
      stack.close();
    }
  }

  private interface Work {
    int run() throws Exception;
  }
}
