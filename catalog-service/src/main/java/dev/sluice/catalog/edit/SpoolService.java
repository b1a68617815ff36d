package dev.sluice.catalog.edit;

import dev.sluice.catalog.edit.EditProblem.EditsTooLarge;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes the body of a request to disk, only as fast as the disk takes it. */
@ApplicationScoped
class SpoolService {
  private static final Duration OLD = Duration.ofDays(1);

  /** The folder may hold what is not ours. */
  private static final String OURS = "sluice-edits-";

  private final Vertx vertx;
  private final EditConfig config;
  private final Clock clock;

  SpoolService(Vertx vertx, EditConfig config, Clock clock) {
    this.clock = clock;
    this.vertx = vertx;
    this.config = config;
  }

  /** Makes the folder, and clears what killed replicas left in it. */
  void start(@Observes StartupEvent event) {
    try {
      Files.createDirectories(config.folder());
      clear(config.folder(), clock.instant().minus(OLD));
    } catch (IOException e) {
      throw new UncheckedIOException("sluice.edit.folder cannot be used: " + config.folder(), e);
    }
  }

  /** Removes files of ours that nobody wrote since then. */
  static void clear(Path folder, Instant before) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(OURS)
            && Files.isRegularFile(file)
            && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** The body in a file, which the caller removes. */
  Uni<Path> spool(HttpServerRequest request) {
    Path path = config.folder().resolve(OURS + UUID.randomUUID());
    OpenOptions options = new OpenOptions().setCreateNew(true).setWrite(true).setPerms("rw-------");
    return Uni.createFrom()
        .<Path>emitter(
            emitter ->
                vertx
                    .fileSystem()
                    .open(path.toString(), options)
                    .onFailure(emitter::fail)
                    .onSuccess(file -> new Flow(request, file, path, emitter).start()))
        .onFailure()
        .call(() -> remove(path))
        .onCancellation()
        .call(() -> remove(path));
  }

  /** Removes a spooled file; not an error when there is none. */
  Uni<Void> remove(Path path) {
    return Uni.createFrom()
        .emitter(
            emitter ->
                vertx.fileSystem().delete(path.toString()).onComplete(x -> emitter.complete(null)));
  }

  /** A body on its way to a file. */
  private final class Flow {
    private final HttpServerRequest request;
    private final AsyncFile file;
    private final Path path;
    private final UniEmitter<? super Path> emitter;
    private long bytes;
    private boolean ended;

    Flow(HttpServerRequest request, AsyncFile file, Path path, UniEmitter<? super Path> emitter) {
      this.request = request;
      this.file = file;
      this.path = path;
      this.emitter = emitter;
    }

    void start() {
      if (request.isEnded()) {
        end();
        return;
      }
      file.exceptionHandler(this::fail);
      request.exceptionHandler(this::fail);
      request.endHandler(ignored -> end());
      request.handler(this::write);
      request.resume();
    }

    private void write(Buffer buffer) {
      bytes += buffer.length();
      if (ended) {
        return;
      }
      if (bytes > config.largestBytes()) {
        fail(new EditsTooLarge(config.largestBytes()).exception());
        return;
      }
      file.write(buffer).onFailure(this::fail);
      if (file.writeQueueFull()) {
        request.pause();
        file.drainHandler(ignored -> request.resume());
      }
    }

    private void end() {
      if (!ended) {
        ended = true;
        file.close().onSuccess(x -> emitter.complete(path)).onFailure(emitter::fail);
      }
    }

    private void fail(Throwable cause) {
      if (!ended) {
        ended = true;
        file.close().onComplete(x -> emitter.fail(cause));
      }
    }
  }
}
