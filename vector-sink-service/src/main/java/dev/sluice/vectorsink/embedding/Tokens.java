package dev.sluice.vectorsink.embedding;

/**
 * A text as the model reads it.
 *
 * @param position of the text in the list it came from
 * @param ids vocabulary numbers, with the model's first and last marks
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, made by the million
record Tokens(int position, long[] ids) {
  int length() {
    return ids.length;
  }
}
