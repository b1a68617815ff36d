package dev.sluice.catalog.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.file.VersionDigest;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Sealed;
import dev.sluice.events.DatasetEvent.ProducedBy;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.support.problem.ProblemException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionStateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final VersionDigest DIGEST = new VersionDigest("sha256:" + "a".repeat(64));

  @Test
  void keepsTheSealThroughItsLife() {
    // Given
    Sealed version = new Draft().sealed(DIGEST, NOW);

    // When
    VersionState.Withdrawn withdrawn =
        version
            .released("ada", NOW.plusSeconds(1), "checked")
            .withdrawn("bob", NOW.plusSeconds(2), "wrong");

    // Then
    assertThat(withdrawn.seal()).isEqualTo(version.seal());
    assertThat(withdrawn.by()).isEqualTo("bob");
  }

  @Test
  void readsBackEveryStateItWrites() {
    // Given
    Draft draft = new Draft();
    Sealed made = draft.sealed(DIGEST, NOW);

    // When, Then
    for (VersionState state :
        new VersionState[] {
          draft,
          made,
          made.released("ada", NOW, null),
          made.withdrawn("ada", NOW, "a leak"),
          draft.dropped("no use", NOW)
        }) {
      Version version = version(state);
      assertThat(VersionEntity.from(version).toVersion()).isEqualTo(version);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "v0", "v01", "V1", "v-1", "v1234567890", "", "newest"})
  void refusesWhatIsNoVersion(String text) {
    assertThatThrownBy(() -> VersionNumber.of(text))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("version");
  }

  @Test
  void readsVersions() {
    assertThat(VersionNumber.of("v12")).isEqualTo(new VersionNumber(12)).hasToString("v12");
  }

  private static Version version(VersionState state) {
    return new Version(
        UUID.randomUUID(),
        new DatasetId(UUID.randomUUID()),
        "demo",
        new VersionNumber(2),
        state,
        3,
        4,
        ManifestTree.EMPTY,
        new VersionNumber(1),
        ProducedBy.upload(),
        "ada",
        NOW);
  }
}
