package dev.sluice.processing.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.processing.output.OutputManifest.OutputFile;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.support.storage.StoredObject;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Verifies an attempt's output before it may become a version. */
@ApplicationScoped
public class OutputService {
  private static final int AT_A_TIME = 8;
  private static final long LONGEST_LIST = 256L << 20;

  private final ObjectStore store;
  private final ObjectMapper json;

  OutputService(ObjectStore store, ObjectMapper json) {
    this.store = store;
    this.json = json;
  }

  /** Whether the attempt has written its list, which it does last of all. */
  public Uni<Boolean> isWritten(ExpectedOutput expected) {
    return store.stat(expected.bucket(), expected.manifestKey()).map(Optional::isPresent);
  }

  /** The checked output; fails with {@link OutputInvalid} when it can never be used. */
  public Uni<VerifiedOutput> verify(ExpectedOutput expected) {
    return store
        .stat(expected.bucket(), expected.manifestKey())
        .invoke(found -> checkList(expected, found))
        .flatMap(found -> store.read(expected.bucket(), expected.manifestKey()))
        .flatMap(bytes -> verified(expected, bytes));
  }

  private static void checkList(ExpectedOutput expected, Optional<StoredObject> found) {
    if (found.isEmpty()) {
      throw new OutputInvalid(
          "the program ended well but wrote no output manifest at " + expected.manifestKey());
    }
    if (found.get().size() > LONGEST_LIST) {
      throw new OutputInvalid("the output manifest has " + found.get().size() + " bytes");
    }
  }

  private Uni<VerifiedOutput> verified(ExpectedOutput expected, byte[] bytes) {
    OutputManifest manifest = read(bytes);
    manifest.check(expected);
    VerifiedOutput output =
        new VerifiedOutput(
            expected.manifestKey(),
            sha256(bytes),
            manifest.filesOrNone().size(),
            manifest.bytes(),
            manifest.rows(),
            textOf(manifest.summary()));
    return Multi.createFrom()
        .iterable(manifest.filesOrNone())
        .onItem()
        .transformToUni(file -> checkStored(expected.bucket(), file))
        .merge(AT_A_TIME)
        .collect()
        .last()
        .replaceWith(output);
  }

  private Uni<Boolean> checkStored(String bucket, OutputFile file) {
    return store
        .stat(bucket, file.keyOrEmpty())
        .map(
            found -> {
              if (found.isEmpty() || found.get().size() != file.size()) {
                throw new OutputInvalid(
                    "object %s should have %d bytes; the store has %s"
                        .formatted(
                            file.objectKey(),
                            file.size(),
                            found.map(o -> String.valueOf(o.size())).orElse("no such object")));
              }
              return true;
            });
  }

  private OutputManifest read(byte[] bytes) {
    try {
      return json.readValue(bytes, OutputManifest.class);
    } catch (IOException e) {
      throw new OutputInvalid("the output manifest cannot be read: " + e.getMessage());
    }
  }

  private String textOf(OutputManifest.Summary summary) {
    try {
      return json.writeValueAsString(summary);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
