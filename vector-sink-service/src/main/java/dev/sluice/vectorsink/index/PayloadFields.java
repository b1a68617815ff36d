package dev.sluice.vectorsink.index;

/** The names of a point's payload, as anyone who reads the collection sees them. */
final class PayloadFields {
  static final String DATASET_ID = "dataset_id";
  static final String DATASET = "dataset";
  static final String RECIPE = "recipe";
  static final String RECORD_KEY = "record_key";
  static final String CHUNK_NO = "chunk_no";
  static final String TEXT = "text";
  static final String TEXT_DIGEST = "text_digest";
  static final String PATH = "path";
  static final String SOURCE_SHA256 = "source_sha256";
  static final String FROM = "from";
  static final String TO = "to";
  static final String ALSO = "also";

  private PayloadFields() {}
}
