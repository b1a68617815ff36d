package dev.sluice.chaos.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UploadFaultTest {
  @Test
  void sameSeedGivesSameFaultsAndFiles() {
    assertThat(UploadFault.sequence(50, 7)).isEqualTo(UploadFault.sequence(50, 7));
    assertThat(described(3)).isEqualTo(described(3)).isNotEqualTo(described(4));
  }

  @Test
  void everyKindComesInTurn() {
    assertThat(UploadFault.sequence(64, 1).stream().map(Object::getClass).distinct().count())
        .isEqualTo(12);
  }

  @Test
  void partsMakeUpTheFile() {
    TrialFile file = TrialFile.of("a", 25, 1);
    assertThat(file.part(1, 10)).hasSize(10);
    assertThat(file.part(3, 10)).hasSize(5);
  }

  private static List<String> described(long seed) {
    return TrialFile.some(new Random(seed), 1 << 20, true).stream()
        .map(file -> file + " " + file.sha256())
        .toList();
  }
}
