package dev.sluice.vectorsink.embedding;

import java.util.List;

/** Turns texts into vectors of unit length; blocking, for worker threads. */
public interface SentenceModel {
  /** The name that recipes use. */
  String name();

  /** Numbers in a vector. */
  int dimension();

  /** One vector for each text, in the order of the texts. */
  List<float[]> embed(List<String> texts);
}
