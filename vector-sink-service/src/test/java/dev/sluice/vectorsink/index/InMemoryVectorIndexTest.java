package dev.sluice.vectorsink.index;

class InMemoryVectorIndexTest extends VectorIndexContract {
  private final VectorIndex index = new InMemoryVectorIndex();

  @Override
  VectorIndex index() {
    return index;
  }
}
