package dev.sluice.vectorsink.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The golden vectors were made with sentence-transformers 6.2.0 and torch, in fp32. */
class OnnxSentenceModelTest {
  private static final double GOLDEN_COSINE = 0.9999;

  @SuppressWarnings("NullAway.Init")
  private static OnnxSentenceModel model;

  @BeforeAll
  static void load() {
    model = OnnxSentenceModel.load(ModelFiles.MINI_LM, 0, 1024);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void agreesWithSentenceTransformers() throws IOException {
    // Given
    List<Golden> golden = golden();

    // When
    List<float[]> vectors = model.embed(golden.stream().map(Golden::text).toList());

    // Then
    assertThat(golden).hasSizeGreaterThan(5);
    IntStream.range(0, golden.size())
        .forEach(
            i ->
                assertThat(cosine(vectors.get(i), golden.get(i).floats()))
                    .as(golden.get(i).text())
                    .isGreaterThan(GOLDEN_COSINE));
  }

  @Test
  void placesRelatedSentencesNearerThanUnrelatedOnes() {
    // Given
    List<String> texts =
        List.of(
            "How do I resume an upload?",
            "An interrupted transfer continues where it stopped.",
            "The soup needs more salt.");

    // When
    List<float[]> vectors = model.embed(texts);

    // Then
    assertThat(cosine(vectors.get(0), vectors.get(1)))
        .isGreaterThan(cosine(vectors.get(0), vectors.get(2)) + 0.2);
  }

  @Test
  void givesUnitVectorsOfItsDimension() {
    // When
    float[] vector = model.embed(List.of("one text")).getFirst();

    // Then
    assertThat(vector).hasSize(model.dimension());
    assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
  }

  @Test
  void givesTheSameVectorWhateverComesBesideATextInTheBatch() {
    // Given
    String text = "Kafka keeps the order of records.";

    // When
    float[] alone = model.embed(List.of(text)).getFirst();
    float[] beside = model.embed(List.of("x", "long ".repeat(300), text)).get(2);

    // Then
    assertThat(cosine(alone, beside)).isGreaterThan(0.99999);
  }

  private static double cosine(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
  }

  private static List<Golden> golden() throws IOException {
    try (InputStream in = OnnxSentenceModelTest.class.getResourceAsStream("/golden-vectors.json")) {
      return List.of(new ObjectMapper().readValue(in, Golden[].class));
    }
  }

  record Golden(String text, String vector) {
    float[] floats() {
      ByteBuffer bytes =
          ByteBuffer.wrap(Base64.getDecoder().decode(vector)).order(ByteOrder.LITTLE_ENDIAN);
      float[] floats = new float[bytes.capacity() / Float.BYTES];
      bytes.asFloatBuffer().get(floats);
      return floats;
    }
  }
}
