package dev.sluice.vectorsink.embedding;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The model's own tokenizer (Hugging Face tokenizers, native code that ships in its jar); texts
 * longer than the model reads are cut.
 */
final class WordPieces implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;

  private WordPieces(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Loads a {@code tokenizer.json}; nothing is fetched from or told to anyone. */
  static WordPieces load(InputStream vocabulary, int longest) {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    Map<String, String> options =
        Map.of(
            "truncation", "true",
            "maxLength", String.valueOf(longest),
            "padding", "false");
    try {
      return new WordPieces(HuggingFaceTokenizer.newInstance(vocabulary, options));
    } catch (IOException e) {
      throw new UncheckedIOException("the tokenizer cannot be loaded", e);
    }
  }

  List<Tokens> of(List<String> texts) {
    Encoding[] encodings = tokenizer.batchEncode(texts);
    List<Tokens> tokens = new ArrayList<>(encodings.length);
    for (int i = 0; i < encodings.length; i++) {
      tokens.add(new Tokens(i, encodings[i].getIds()));
    }
    return tokens;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
