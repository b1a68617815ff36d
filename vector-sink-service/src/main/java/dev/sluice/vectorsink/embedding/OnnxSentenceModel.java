package dev.sluice.vectorsink.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A sentence model of the BERT family, run by ONNX Runtime on the CPU.
 *
 * <p>Texts are sorted by length and go through in runs of bounded size, so memory does not depend
 * on how many texts come. Runs of several callers wait for each other: one run already uses all
 * threads.
 */
final class OnnxSentenceModel implements SentenceModel, AutoCloseable {
  private final String name;
  private final int dimension;
  private final int tokensPerRun;
  private final WordPieces tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxSentenceModel(
      ModelFiles files, int tokensPerRun, WordPieces tokenizer, OrtSession session) {
    this.name = files.name();
    this.dimension = files.dimension();
    this.tokensPerRun = tokensPerRun;
    this.tokenizer = tokenizer;
    this.environment = OrtEnvironment.getEnvironment();
    this.session = session;
  }

  /**
   * Loads the model.
   *
   * @param threads of one run; 0 means one for each processor
   */
  static OnnxSentenceModel load(ModelFiles files, int threads, int tokensPerRun) {
    WordPieces tokenizer = WordPieces.load(files.vocabulary(), files.longestText());
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(
          threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
      options.setInterOpNumThreads(1);
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(false);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      ByteBuffer weights = files.weights();
      return new OnnxSentenceModel(
          files,
          tokensPerRun,
          tokenizer,
          OrtEnvironment.getEnvironment().createSession(weights, options));
    } catch (OrtException e) {
      tokenizer.close();
      throw new IllegalStateException("the model " + files.name() + " cannot be loaded", e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    List<float[]> vectors = new ArrayList<>(Collections.nCopies(texts.size(), new float[0]));
    for (List<Tokens> run : RunPlan.of(tokenizer.of(texts), tokensPerRun)) {
      run(run, vectors);
    }
    return vectors;
  }

  private synchronized void run(List<Tokens> texts, List<float[]> vectors) {
    int width = texts.getFirst().length();
    long[] shape = {texts.size(), width};
    LongBuffer ids = LongBuffer.allocate(texts.size() * width);
    LongBuffer mask = LongBuffer.allocate(texts.size() * width);
    for (int row = 0; row < texts.size(); row++) {
      for (int i = 0; i < texts.get(row).length(); i++) {
        ids.put(row * width + i, texts.get(row).ids()[i]);
        mask.put(row * width + i, 1);
      }
    }
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids, shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask, shape);
        OnnxTensor typeTensor =
            OnnxTensor.createTensor(environment, LongBuffer.allocate(ids.capacity()), shape);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "attention_mask", maskTensor,
                    "token_type_ids", typeTensor))) {
      FloatBuffer hidden = ((OnnxTensor) result.get(0)).getFloatBuffer();
      for (int row = 0; row < texts.size(); row++) {
        Tokens text = texts.get(row);
        vectors.set(
            text.position(),
            MeanPooling.unitMean(hidden, row * width * dimension, text.length(), dimension));
      }
    } catch (OrtException e) {
      throw new IllegalStateException("the model " + name + " failed", e);
    }
  }

  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the model " + name + " cannot be closed", e);
    }
  }
}
