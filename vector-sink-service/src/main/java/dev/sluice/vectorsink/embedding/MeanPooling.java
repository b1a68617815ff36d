package dev.sluice.vectorsink.embedding;

import java.nio.FloatBuffer;

/** Token vectors to one vector of a text: their mean, brought to unit length. */
final class MeanPooling {
  private static final double SMALLEST_NORM = 1e-12;

  private MeanPooling() {}

  /**
   * The unit mean of the first {@code tokens} vectors that start at {@code offset}.
   *
   * @param hidden token vectors one after the other
   * @param offset index of the first number
   */
  static float[] unitMean(FloatBuffer hidden, int offset, int tokens, int dimension) {
    float[] sum = new float[dimension];
    for (int token = 0; token < tokens; token++) {
      int start = offset + token * dimension;
      for (int i = 0; i < dimension; i++) {
        sum[i] += hidden.get(start + i);
      }
    }
    return normalised(sum);
  }

  /** The same direction with length 1; a vector of zeros stays as it is. */
  static float[] normalised(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float scale = (float) (1 / Math.max(Math.sqrt(squares), SMALLEST_NORM));
    float[] unit = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      unit[i] = vector[i] * scale;
    }
    return unit;
  }
}
