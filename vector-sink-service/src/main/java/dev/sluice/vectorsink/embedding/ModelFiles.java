package dev.sluice.vectorsink.embedding;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/**
 * A sentence model on the class path: its weights in ONNX form and its vocabulary.
 *
 * @param name as recipes call it
 * @param dimension numbers in a vector
 * @param longestText tokens that the model reads of a text
 */
record ModelFiles(
    String name, int dimension, int longestText, String weightsPath, String vocabularyPath) {

  /** all-MiniLM-L6-v2 in fp32; 256 tokens, as sentence-transformers reads it. */
  static final ModelFiles MINI_LM =
      new ModelFiles(
          "all-MiniLM-L6-v2", 384, 256, "all-minilm-l6-v2.onnx", "all-minilm-l6-v2-tokenizer.json");

  /** The weights outside the heap, which stays small while a model is loaded. */
  ByteBuffer weights() {
    try {
      URLConnection connection = resource(weightsPath).openConnection();
      ByteBuffer buffer = ByteBuffer.allocateDirect(connection.getContentLength());
      try (ReadableByteChannel in = Channels.newChannel(connection.getInputStream())) {
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
          read = in.read(buffer);
        }
      }
      return buffer.flip();
    } catch (IOException e) {
      throw new UncheckedIOException("the weights of " + name + " cannot be read", e);
    }
  }

  InputStream vocabulary() {
    try {
      return resource(vocabularyPath).openStream();
    } catch (IOException e) {
      throw new UncheckedIOException("the vocabulary of " + name + " cannot be read", e);
    }
  }

  private static URL resource(String path) throws IOException {
    URL url = Thread.currentThread().getContextClassLoader().getResource(path);
    if (url == null) {
      throw new FileNotFoundException(path);
    }
    return url;
  }
}
