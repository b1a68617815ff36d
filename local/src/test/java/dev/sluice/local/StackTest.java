package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.part.Database;
import dev.sluice.local.part.PartContext;
import dev.sluice.local.state.LocalException;
import dev.sluice.local.state.StateFolder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTest {
  @TempDir Path folder;

  @Test
  void isDownWhenNothingWasStarted() {
    // When
    Stack stack = stack(Map.of());

    // Then
    assertThat(stack.running()).isFalse();
    assertThat(stack.environment()).isEmpty();
    assertThat(stack.status())
        .allSatisfy(part -> assertThat(part.health()).isEqualTo(PartStatus.Health.DOWN))
        .hasSize(10);
  }

  @Test
  void leavesATeamsOwnServersAlone() {
    // When
    Stack stack =
        stack(
            Map.of(
                "SLUICE_KAFKA", "kafka.example:9092",
                "SLUICE_DATABASE", "postgresql://team:word@db.example/sluice",
                "SLUICE_OIDC_ISSUER", "https://id.example"));

    // Then
    assertThat(stack.status())
        .filteredOn(part -> part.health() == PartStatus.Health.EXTERNAL)
        .extracting(PartStatus::part)
        .containsExactlyInAnyOrder("kafka", "postgres");
    assertThatThrownBy(() -> stack.token("ada"))
        .isInstanceOf(LocalException.class)
        .hasMessageContaining("https://id.example");
  }

  @Test
  void readsTheAddressOfATeamsDatabase() {
    // When
    Database database = Database.parse("postgresql://team:p%40ss@db.example:5433/sluice");

    // Then
    assertThat(database.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:5433/sluice");
    assertThat(database.password()).isEqualTo("p@ss");
    assertThat(database.urlWithCredentials()).contains("team:p%40ss@");
    assertThat(database.toString()).doesNotContain("p@ss");
  }

  @Test
  void namesThePartsWhenAskedForTheLogOfAnother() {
    assertThatThrownBy(() -> stack(Map.of()).log("postgress"))
        .hasMessageContaining("No part 'postgress'")
        .hasMessageContaining("gateway");
  }

  private Stack stack(Map<String, String> variables) {
    return Stack.of(PartContext.leashed(new StateFolder(folder)), new External(variables));
  }
}
