package dev.sluice.processing.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.manifest.Manifests;
import dev.sluice.processing.reservation.InputFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
  private static final String OPERATORS =
      "operators: [{name: filter_length, parameters: {min: 1, max: 5}}]";
  private static final String BUILT_IN =
      Manifests.runnable("demo", OPERATORS).replaceAll("  entrypoint: .*\n", "");
  private static final InputFile A = file("a.txt", "1");
  private static final InputFile B = file("b.txt", "2");

  @Test
  void isTheSameForTheSameWorkHoweverItIsWritten() {
    // Given
    String reordered = BUILT_IN.replace("{min: 1, max: 5}", "{max: 5, min: 1}");

    // Then
    assertThat(digest(reordered)).isEqualTo(digest(BUILT_IN)).startsWith("sha256:");
  }

  @ParameterizedTest
  @CsvSource({
    "max: 5, max: 6",
    "format: parquet, format: text",
    "type: text, type: binary",
    "batch_size: 100, batch_size: 10",
    "filter_length, filter_words"
  })
  void changesWithWhatIsDone(String was, String is) {
    // Then
    assertThat(digest(BUILT_IN.replace(was, is))).isNotEqualTo(digest(BUILT_IN));
  }

  @ParameterizedTest
  @CsvSource({"name: chunks, name: others", "docs@v1, docs@v2"})
  void doesNotChangeWithWhereItComesFromOrGoes(String was, String is) {
    // Then
    assertThat(digest(BUILT_IN.replace(was, is))).isEqualTo(digest(BUILT_IN));
  }

  @Test
  void changesWithTheProgramAndItsFiles() {
    // Given
    DataSetManifest manifest = read(Manifests.runnable("demo"));
    String bare = Recipe.digest(manifest, null, "p1");

    // Then
    assertThat(Recipe.digest(manifest, null, "p2")).isNotEqualTo(bare);
    assertThat(Recipe.digest(manifest, "sha256:a", "p1")).isNotEqualTo(bare);
    assertThat(Recipe.digest(manifest, "sha256:b", "p1"))
        .isNotEqualTo(Recipe.digest(manifest, "sha256:a", "p1"));
  }

  @Test
  void theInputIsItsFilesInAnyOrder() {
    // Then
    assertThat(Recipe.digest(List.of(A, B))).isEqualTo(Recipe.digest(List.of(B, A)));
    assertThat(Recipe.digest(List.of(A, B))).isNotEqualTo(Recipe.digest(List.of(A)));
    assertThat(Recipe.digest(List.of(file("a.txt", "2")))).isNotEqualTo(Recipe.digest(List.of(A)));
  }

  private static InputFile file(String path, String digit) {
    return new InputFile(path, 4, digit.repeat(64), "text/plain", "dataset/docs/v1/" + path);
  }

  private static String digest(String yaml) {
    return Recipe.digest(read(yaml), null, "p1");
  }

  private static DataSetManifest read(String yaml) {
    return ManifestReader.read(ManifestText.yaml(yaml));
  }
}
