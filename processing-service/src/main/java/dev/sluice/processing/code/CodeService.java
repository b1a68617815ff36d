package dev.sluice.processing.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.processing.ray.JobPackage;
import dev.sluice.processing.reservation.InputFile;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes packages of working directories. */
@ApplicationScoped
public class CodeService {
  private static final TypeReference<List<InputFile>> FILES = new TypeReference<>() {};

  private final ObjectStore store;
  private final ObjectMapper json;

  CodeService(ObjectStore store, ObjectMapper json) {
    this.store = store;
    this.json = json;
  }

  /**
   * The package of a working directory; its bytes are fetched when a cluster lacks it.
   *
   * @param files a JSON list, as a run keeps it
   */
  public JobPackage packageOf(String bucket, String files) {
    CodeFiles code = new CodeFiles(read(files));
    return JobPackage.named(code.digest(), () -> Contexts.comingBack(zipped(bucket, code)));
  }

  private List<InputFile> read(String files) {
    try {
      return json.readValue(files, FILES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored list of a working directory is unreadable", e);
    }
  }

  private Uni<Path> zipped(String bucket, CodeFiles code) {
    return Uni.createFrom()
        .item(CodeService::begin)
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .flatMap(
            zip ->
                Multi.createFrom()
                    .iterable(code.files())
                    .onItem()
                    .transformToUniAndConcatenate(file -> added(zip, bucket, file))
                    .collect()
                    .last()
                    .emitOn(Infrastructure.getDefaultWorkerPool())
                    .map(done -> zip.end())
                    .onFailure()
                    .invoke(zip::drop));
  }

  private static CodeZip begin() {
    try {
      return new CodeZip(Files.createTempFile("sluice-code-", ".zip"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Uni<CodeZip> added(CodeZip zip, String bucket, InputFile file) {
    return store
        .read(bucket, file.objectKey())
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(bytes -> zip.add(file, bytes));
  }
}
