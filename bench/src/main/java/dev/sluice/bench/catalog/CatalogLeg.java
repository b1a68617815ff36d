package dev.sluice.bench.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.bench.Comparison;
import dev.sluice.bench.Figure;
import dev.sluice.bench.FigureSink;
import dev.sluice.bench.Goal;
import dev.sluice.bench.Leg;
import dev.sluice.bench.Pairs;
import dev.sluice.bench.Pairs.Sample;
import dev.sluice.bench.Settings;
import dev.sluice.bench.Statistics;
import dev.sluice.manifest.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** What versions cost as trees, beside a row per file in the same PostgreSQL. */
public final class CatalogLeg implements Leg {
  private static final String PEER = "row-per-file SQL";
  private static final int MILLION = 1_000_000;
  private static final int EDITS = 1_000;
  private static final int PAGE = 1_000;
  private static final int READS = 200;
  private static final int VERSIONS = 20;
  private static final int INHERITS = 9;

  @Override
  public String name() {
    return "catalog";
  }

  @Override
  public void run(Settings settings, FigureSink sink) throws Exception {
    if (settings.wants("1M")) {
      try (Bench bench = new Bench(settings, sink, "1M", MILLION)) {
        bench.all();
      }
    }
    if (settings.wants("10M")) {
      try (Bench bench = new Bench(settings, sink, "10M", 10 * MILLION)) {
        bench.large();
      }
    }
    if (settings.wants("http")) {
      try (OverHttp bench = new OverHttp(settings, sink, settings.scaled(MILLION, EDITS * 2))) {
        bench.all();
      }
    }
  }

  /** One corpus in both models. */
  private static final class Bench implements AutoCloseable {
    private final Settings settings;
    private final FigureSink sink;
    private final String size;
    private final Corpus corpus;
    private final PostgresServer server;
    private final TreeModel tree;
    private final RowModel rows;
    private final Path manifest;
    private final Random random;

    Bench(Settings settings, FigureSink sink, String size, int files) throws Exception {
      this.settings = settings;
      this.sink = sink;
      this.size = size;
      this.corpus = new Corpus(settings.scaled(files, EDITS * 2));
      sink.say("catalog: PostgreSQL and a manifest of " + corpus.files() + " files");
      this.server = PostgresServer.start(settings.data());
      this.tree = new TreeModel(server.connect());
      this.rows = new RowModel(server.connect());
      this.manifest = corpus.write(settings.data());
      this.random = new Random(settings.seed());
    }

    void all() throws Exception {
      create();
      int ours = tree.create(manifest);
      int theirs = rows.create(manifest);
      rows.analyze();
      storage(ours);
      inherit(ours, theirs);
      commit(ours, theirs);
      diff(ours, theirs, false, Goal.ratioAtMost(1.0 / 80));
      diff(ours, theirs, true, Goal.ratioAtMost(1.0 / 400));
      reads(ours, theirs);
    }

    void large() throws Exception {
      create();
      int ours = tree.create(manifest);
      int theirs = rows.create(manifest);
      rows.analyze();
      inherit(ours, theirs);
      commit(ours, theirs);
      diff(ours, theirs, false, Goal.ratioAtMost(1.0 / 500));
      diff(ours, theirs, true, Goal.ratioAtMost(1.0 / 500));
      reads(ours, theirs);
    }

    private void create() throws Exception {
      Pairs pairs =
          Pairs.run(
              settings,
              () -> {
                tree.clear();
                return timed(tree, List.of(), () -> tree.create(manifest));
              },
              () -> timed(rows, List.of(), () -> rows.create(manifest)));
      seconds("create from NDJSON", pairs, Goal.ratioAtMost(0.1));
      tree.clear();
    }

    private void inherit(int ours, int theirs) throws Exception {
      Pairs pairs =
          Pairs.run(
              settings,
              () -> inherited(ours),
              () -> timed(rows, List.of(), () -> rows.inherit(theirs)));
      seconds("inherit", pairs, Goal.ratioAtMost(0.001));
    }

    /** The median of several, since one is no more than a flush of the log; reads the last one. */
    private Sample inherited(int ours) throws Exception {
      List<Double> seconds = new ArrayList<>();
      for (int i = 1; i < INHERITS; i++) {
        long start = System.nanoTime();
        int version = tree.inherit(ours);
        seconds.add(since(start));
        tree.drop(version);
      }
      Sample last = timed(tree, List.of(), () -> tree.inherit(ours));
      seconds.addAll(last.values().values());
      return new Sample(Map.of("s", Statistics.median(seconds)), last.expected(), last.got());
    }

    private void commit(int ours, int theirs) throws Exception {
      List<List<Entry>> work = new ArrayList<>();
      for (int i = 0; i < settings.warmUps() + settings.pairs(); i++) {
        work.add(corpus.edits(EDITS, false, i + 1, random));
      }
      int[] at = new int[2];
      Pairs pairs =
          Pairs.run(
              settings,
              () -> committed(tree, ours, work.get(at[0]++)),
              () -> committed(rows, theirs, work.get(at[1]++)));
      seconds("commit of 1,000 edits", pairs, Goal.ratioAtMost(0.01));
    }

    private void diff(int ours, int theirs, boolean clustered, Goal goal) throws Exception {
      List<Entry> edits = corpus.edits(EDITS, clustered, 77, random);
      int our = tree.commit(ours, edits);
      int their = rows.commit(theirs, edits);
      String expected = diffOf(rows, theirs, their).got();
      Pairs pairs =
          Pairs.run(
              settings,
              () -> checked(diffOf(tree, ours, our), expected),
              () -> checked(diffOf(rows, theirs, their), expected));
      seconds("diff, 1,000 " + (clustered ? "clustered" : "random") + " edits", pairs, goal);
      rows.drop(their);
    }

    private static Sample checked(Sample sample, String expected) {
      return new Sample(sample.values(), expected, sample.got());
    }

    private static Sample diffOf(Contender model, int from, int to) throws Exception {
      StringBuilder found = new StringBuilder();
      long start = System.nanoTime();
      model.diff(from, to, line -> found.append(line).append('\n'));
      return new Sample(Map.of("s", since(start)), "", sha256(found.toString()));
    }

    private void reads(int ours, int theirs) throws Exception {
      int[] places = {0, corpus.files() / 2, corpus.files() - PAGE};
      double[] medians = new double[places.length];
      String[] names = {"first", "middle", "last"};
      for (int i = 0; i < places.length; i++) {
        int first = places[i];
        Comparison page =
            Pairs.run(settings, () -> pages(tree, ours, first), () -> pages(rows, theirs, first))
                .by("p50");
        medians[i] = page.ours();
        sink.figure(
            Figure.beside("catalog", size + " page of 1,000, " + names[i], "ms p50", PEER, page)
                .with(Goal.ratioAtMost(1.5)));
      }
      sink.figure(
          Figure.alone(
                  "catalog", size + " last page / first page", "ratio", medians[2] / medians[0])
              .with(Goal.oursAtMost(1.2)));
      // Both have been asked for a while; then each sample asks for other paths.
      int some = corpus.files() / 50;
      stats(tree, ours, new Random(settings.seed()), some);
      stats(rows, theirs, new Random(settings.seed()), some);
      int[] asked = new int[2];
      Comparison stat =
          Pairs.run(
                  settings,
                  () -> stats(tree, ours, new Random(settings.seed() + ++asked[0]), READS),
                  () -> stats(rows, theirs, new Random(settings.seed() + ++asked[1]), READS))
              .by("p50");
      sink.figure(
          Figure.beside("catalog", size + " stat of a random path", "ms p50", PEER, stat)
              .with(Goal.ratioAtMost(1.5)));
    }

    /** The page that begins with the file of that number, compared with what was put in. */
    private static Sample pages(Contender model, int version, int first) throws Exception {
      String after = first == 0 ? "" : Corpus.path(first - 1);
      List<Entry> expected =
          IntStream.range(first, first + PAGE).mapToObj(n -> Corpus.entry(n, 0)).toList();
      List<Double> millis = new ArrayList<>();
      List<Entry> got = List.of();
      for (int i = 0; i < READS; i++) {
        long start = System.nanoTime();
        List<Entry> page = model.page(version, after, PAGE);
        millis.add(since(start) * 1_000);
        got = page;
      }
      return new Sample(
          Map.of("p50", Statistics.median(millis)),
          sha256(expected.toString()),
          sha256(got.toString()));
    }

    private Sample stats(Contender model, int version, Random some, int reads) throws Exception {
      List<Double> millis = new ArrayList<>();
      StringBuilder expected = new StringBuilder();
      StringBuilder got = new StringBuilder();
      for (int i = 0; i < reads; i++) {
        int number = some.nextInt(corpus.files());
        Entry entry = Corpus.entry(number, 0);
        expected.append(entry.size()).append(' ').append(entry.sha256()).append('\n');
        long start = System.nanoTime();
        String stat = model.stat(version, Corpus.path(number));
        millis.add(since(start) * 1_000);
        got.append(stat).append('\n');
      }
      return new Sample(
          Map.of("p50", Statistics.median(millis)), expected.toString(), got.toString());
    }

    private void storage(int first) throws Exception {
      long one = tree.bytes();
      int version = first;
      for (int i = 1; i < VERSIONS; i++) {
        version = tree.commit(version, corpus.edits(corpus.files() / 100, false, 100 + i, random));
      }
      sink.figure(
          Figure.alone(
                  "catalog",
                  size + " storage of 20 versions, 1 % changed each",
                  "of one",
                  (double) tree.bytes() / one)
              .with(Goal.oursAtMost(1.6)));
      sink.figure(
          Figure.alone(
              "catalog",
              size + " bytes per file of one version",
              "B",
              one / (double) corpus.files()));
    }

    private Sample committed(Contender model, int parent, List<Entry> edits) throws Exception {
      return timed(model, edits, () -> model.commit(parent, edits));
    }

    /** Times the work alone, then reads the version that it made and compares every entry. */
    private Sample timed(Contender model, List<Entry> edits, Work work) throws Exception {
      long start = System.nanoTime();
      int version = work.run();
      double seconds = since(start);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      model.files(version, entry -> digest.update(entry.toString().getBytes(UTF_8)));
      model.drop(version);
      return new Sample(
          Map.of("s", seconds), corpus.digest(edits), HexFormat.of().formatHex(digest.digest()));
    }

    private void seconds(String what, Pairs pairs, Goal goal) {
      sink.figure(Figure.beside("catalog", size + " " + what, "s", PEER, pairs.by("s")).with(goal));
    }

    @Override
    public void close() throws IOException {
      server.close();
    }

    private interface Work {
      int run() throws Exception;
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }
}
