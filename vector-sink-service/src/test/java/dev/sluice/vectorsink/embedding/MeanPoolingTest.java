package dev.sluice.vectorsink.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class MeanPoolingTest {
  @Test
  void leavesPaddingOutOfTheMean() {
    // Given
    FloatBuffer hidden = FloatBuffer.wrap(new float[] {9, 9, 3, 0, 0, 4, 100, 100});

    // When
    float[] unit = MeanPooling.unitMean(hidden, 2, 2, 2);

    // Then
    assertThat(unit).containsExactly(0.6f, 0.8f);
  }

  @Test
  void keepsAVectorOfZeros() {
    // When
    float[] unit = MeanPooling.normalised(new float[] {0, 0});

    // Then
    assertThat(unit).containsExactly(0, 0);
  }
}
