package dev.sluice.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.bench.events.Servers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Judges by plain JDBC and a plain Kafka reader, knowing nothing of outbox and inbox but that each
 * committed row has exactly one effect, in the order of its stream, and that nothing else was said.
 */
final class Checker {
  private static final String TOPIC = "sluice.uploads";
  private static final Duration POLL = Duration.ofMillis(200);
  private static final String FACTS = "select event_id, stream, seq from bench.business_row";
  private static final String EFFECTS =
      "select event_id, stream, seq from bench.effect order by id";

  private final Servers servers;
  private final Map<TopicPartition, Long> readUpTo = new HashMap<>();
  private final Set<String> heard = new HashSet<>();

  /** A row as the database has it. */
  private record Row(String eventId, String stream, int seq) {}

  Checker(Servers servers) {
    this.servers = servers;
  }

  /** Whether every committed row has an effect and nothing waits to be said. */
  boolean isQuiet() throws SQLException {
    try (Connection connection = servers.database().connect();
        var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select (select count(*) from bench.outbox_event)
                     + (select count(*) from bench.business_row b
                        where not exists (select 1 from bench.effect e
                                          where e.event_id = b.event_id))
                """)) {
      return row.next() && row.getLong(1) == 0;
    }
  }

  /** Everything that is wrong; empty when all is well. */
  List<String> violations(List<Said> history) throws SQLException {
    List<Row> facts = rows(FACTS);
    List<Row> effects = rows(EFFECTS);
    Set<String> committed = new HashSet<>();
    facts.forEach(fact -> committed.add(fact.eventId()));
    List<String> wrong = new ArrayList<>();
    acknowledgedAreThere(history, committed, wrong);
    eachHasOneEffect(facts, effects, wrong);
    streamsAreInOrder(effects, wrong);
    nothingElseWasSaid(committed, wrong);
    return wrong;
  }

  private static void acknowledgedAreThere(
      List<Said> history, Set<String> committed, List<String> wrong) {
    history.stream()
        .filter(said -> said.outcome().equals(Said.COMMITTED))
        .filter(said -> !committed.contains(said.eventId()))
        .forEach(said -> wrong.add("acknowledged but lost: " + said));
  }

  private static void eachHasOneEffect(List<Row> facts, List<Row> effects, List<String> wrong) {
    Map<String, Integer> counts = new HashMap<>();
    effects.forEach(effect -> counts.merge(effect.eventId(), 1, Integer::sum));
    for (Row fact : facts) {
      Integer count = counts.remove(fact.eventId());
      if (count == null || count != 1) {
        wrong.add("has " + (count == null ? 0 : count) + " effects: " + fact);
      }
    }
    counts.keySet().forEach(id -> wrong.add("effect of what was never committed: " + id));
  }

  private static void streamsAreInOrder(List<Row> effects, List<String> wrong) {
    Map<String, Integer> last = new HashMap<>();
    for (Row effect : effects) {
      int before = last.getOrDefault(effect.stream(), 0);
      if (effect.seq() != before + 1) {
        wrong.add("after " + before + " of its stream came " + effect);
      }
      last.put(effect.stream(), effect.seq());
    }
  }

  private void nothingElseWasSaid(Set<String> committed, List<String> wrong) {
    readNewRecords();
    heard.stream()
        .filter(id -> !committed.contains(id))
        .forEach(id -> wrong.add("said but not committed: " + id));
    committed.stream()
        .filter(id -> !heard.contains(id))
        .forEach(id -> wrong.add("committed but never said: " + id));
  }

  private void readNewRecords() {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers.kafka().address(), "enable.auto.commit", false);
    try (KafkaConsumer<String, byte[]> reader =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          reader.partitionsFor(TOPIC).stream()
              .map(info -> new TopicPartition(TOPIC, info.partition()))
              .toList();
      reader.assign(partitions);
      partitions.forEach(each -> reader.seek(each, readUpTo.getOrDefault(each, 0L)));
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(each -> reader.position(each) < ends.getOrDefault(each, 0L))) {
        reader.poll(POLL).forEach(this::hear);
      }
      partitions.forEach(each -> readUpTo.put(each, reader.position(each)));
    }
  }

  private void hear(ConsumerRecord<String, byte[]> next) {
    heard.add(new String(next.headers().lastHeader("ce_id").value(), UTF_8));
  }

  private List<Row> rows(String query) throws SQLException {
    List<Row> all = new ArrayList<>();
    try (Connection connection = servers.database().connect();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        all.add(new Row(rows.getString(1), rows.getString(2), rows.getInt(3)));
      }
    }
    return all;
  }
}
