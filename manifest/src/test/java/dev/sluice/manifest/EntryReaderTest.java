package dev.sluice.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs write is read here, and only that; the rest goes to a JSON parser as it is. */
class EntryReaderTest {
  private static final String SHA256 =
      "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
  private final List<String> left = new ArrayList<>();

  @Property(tries = 50)
  void readsEveryLineAsItWasWritten(@ForAll long seed) throws IOException {
    // Given
    Random random = new Random(seed);
    List<Entry> files = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (int i = random.nextInt(12_000); i >= 0; i--) {
      Entry file = file(random);
      files.add(file);
      lines.append(line(file, random.nextBoolean())).append('\n');
    }

    // When
    List<Entry> read = read(lines.toString());

    // Then
    assertThat(read).isEqualTo(files);
    assertThat(left).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"path\":\"a\",\"size\":1,\"sha256\":\"" + SHA256 + "\"}",
        "{\"path\":\"a\\n\",\"size\":1}",
        "{\"path\":\"ä\",\"size\":1}",
        "{\"path\":\"a\",\"size\":01}",
        "{\"path\":\"a\",\"size\":1.5}",
        "{\"path\":\"a\",\"size\":-1}",
        "{\"path\":\"a\",\"size\":12345678901234567890}",
        "{\"path\":\"a\",\"rows\":1}",
        "{\"path\":\"a\"",
        "{\"path\":\"a",
        "{\"path\":\"a\"}}",
        "{\"sha256\":\"2C26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\"}",
        "{}",
        "[]",
      })
  void leavesOtherLinesToAParser(String other) throws IOException {
    // Given
    Entry file = file(new Random(3));

    // When
    List<Entry> read = read(line(file, true) + "\n" + other + "\n\n" + line(file, false));

    // Then
    assertThat(left).containsExactly(other);
    assertThat(read).hasSize(3).startsWith(file).endsWith(file);
  }

  @Test
  void readsLinesOfAnyLength() throws IOException {
    // Given
    Entry huge = Files.file("a".repeat(5_000_000), 3);
    Entry next = Files.file("b", 9);

    // When
    List<Entry> read = read(line(huge, true) + "\n" + line(next, true) + "\n");

    // Then
    assertThat(left).containsExactly(line(huge, true));
    assertThat(read.getLast()).isEqualTo(plain(next));
  }

  private List<Entry> read(String lines) throws IOException {
    EntryReader reader =
        new EntryReader(
            new ByteArrayInputStream(lines.getBytes(UTF_8)),
            line -> {
              left.add(new String(line, UTF_8));
              return Files.file("left", 1);
            });
    List<Entry> read = new ArrayList<>();
    for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
      read.add(entry);
    }
    return read;
  }

  private static Entry file(Random random) {
    String path = "folder-%d/%s.x".formatted(random.nextInt(9), "n".repeat(random.nextInt(40)));
    return plain(Files.file(path, random.nextInt(1_000)));
  }

  /** Without what such lines do not say. */
  private static Entry plain(Entry file) {
    return new Entry(
        file.path(),
        file.size(),
        file.sha256(),
        file.mediaType(),
        file.objectKey(),
        Entry.UNKNOWN,
        Entry.UNKNOWN);
  }

  private static String line(Entry file, boolean pathFirst) {
    String path = "\"path\":\"" + file.path() + "\"";
    String others =
        "\"size\":%d,\"sha256\":\"%s\",\"mediaType\":\"%s\",\"objectKey\":\"%s\""
            .formatted(file.size(), file.sha256(), file.mediaType(), file.objectKey());
    return "{" + (pathFirst ? path + "," + others : others + "," + path) + "}";
  }
}
