package dev.sluice.vectorsink.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class PointIdsTest {
  private static final UUID DATASET = UUID.fromString("0197a000-0000-7000-8000-000000000001");

  @Test
  void followsTheStandardForNameBasedIds() {
    // Given
    UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    // When
    UUID id = PointIds.nameBased(dns, "www.example.com");

    // Then: the example of RFC 9562, A.4
    assertThat(id).isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
  }

  @Test
  void staysTheSameForTheSameText() {
    // When
    UUID id = PointIds.of(DATASET, "guide.md#1", 3, "aa", "sha256:bb");

    // Then: also computed with Python's uuid.uuid5
    assertThat(id).isEqualTo(UUID.fromString("5fea7160-c914-5d79-89d1-aeaefb97fc0d"));
  }

  @Test
  void differsWithEveryPartOfTheName() {
    // Given
    UUID id = PointIds.of(DATASET, "key", 1, "aa", "bb");

    // Then
    assertThat(id)
        .isNotEqualTo(PointIds.of(new UUID(1, 2), "key", 1, "aa", "bb"))
        .isNotEqualTo(PointIds.of(DATASET, "key2", 1, "aa", "bb"))
        .isNotEqualTo(PointIds.of(DATASET, "key", 2, "aa", "bb"))
        .isNotEqualTo(PointIds.of(DATASET, "key", 1, "ab", "bb"))
        .isNotEqualTo(PointIds.of(DATASET, "key", 1, "aa", "bc"));
  }
}
