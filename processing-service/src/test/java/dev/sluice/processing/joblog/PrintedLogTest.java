package dev.sluice.processing.joblog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedLogTest {
  private static final int MIB = 1 << 20;

  @Test
  void keepsAShortLogWhole() {
    // Given
    PrintedLog log = new PrintedLog.Builder(0).add(bytes("one ")).add(bytes("two")).build();

    // Then
    assertThat(log.isComplete()).isTrue();
    assertThat(new String(log.text(), UTF_8)).isEqualTo("one two");
    assertThat(new String(log.slice(2, 6), UTF_8)).isEqualTo("e tw");
  }

  @Test
  void keepsTheBeginningAndTheEndOfALongLog() {
    // Given
    PrintedLog.Builder builder = new PrintedLog.Builder(0);
    for (int i = 0; i < 40; i++) {
      builder.add(filled(i));
    }

    // When
    PrintedLog log = builder.build();

    // Then
    assertThat(log.total()).isEqualTo(40L * MIB);
    assertThat(log.head()).hasSize(MIB).containsOnly(0);
    assertThat(log.tail()).hasSize(16 * MIB);
    assertThat(log.tailStart()).isEqualTo(24L * MIB);
    assertThat(log.slice(24L * MIB, 24L * MIB + 2)).containsExactly(24, 24);
    assertThat(log.isLeftOut(5L * MIB)).isTrue();
    assertThat(log.readable(5L * MIB)).isEqualTo(24L * MIB);
    assertThat(log.notice()).isEqualTo("\n… 24,117,248 bytes are not kept …\n");
    PrintedLog again = PrintedLog.stored(stored(log), log.total(), log.head().length);
    assertThat(again.text()).isEqualTo(log.text());
  }

  @Test
  void takesNothingBeforeItsOffset() {
    // When
    PrintedLog log = new PrintedLog.Builder(5).add(bytes("abc")).add(bytes("defgh")).build();

    // Then
    assertThat(new String(log.slice(5, 100), UTF_8)).isEqualTo("fgh");
    assertThat(log.total()).isEqualTo(8);
  }

  @Test
  void itsLastTextBeginsWithAWholeCharacter() {
    // Given
    PrintedLog log = PrintedLog.of("é".repeat(10));

    // Then
    assertThat(log.lastText(5)).isEqualTo("éé");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 0, 4",
    "bytes=4-, 4, 10",
    "bytes=-3, 7, 10",
    "bytes=8-100, 8, 10",
    "bytes=-100, 0, 10"
  })
  void readsARangeOfAHeader(String header, long begin, long end) {
    // When
    LogRange range = LogRange.of(header).orElseThrow();

    // Then
    assertThat(range.begin(10)).isEqualTo(begin);
    assertThat(range.end(10)).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({"lines=1-2", "bytes=5-2", "bytes=-", "'bytes=0-1,3-4'"})
  void ignoresWhatIsNoRange(String header) {
    // Then
    assertThat(LogRange.of(header)).isEqualTo(Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] filled(int with) {
    byte[] bytes = new byte[MIB];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static byte[] stored(PrintedLog log) {
    byte[] both = Arrays.copyOf(log.head(), log.head().length + log.tail().length);
    System.arraycopy(log.tail(), 0, both, log.head().length, log.tail().length);
    return both;
  }
}
