package dev.sluice.catalog.edit;

import dev.sluice.catalog.edit.EditProblem.EditsTooLarge;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.UUID;

/** Writes the body of a request to disk, only as fast as the disk takes it. */
@ApplicationScoped
class SpoolService {
  private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));

  private final Vertx vertx;
  private final EditConfig config;

  SpoolService(Vertx vertx, EditConfig config) {
    this.vertx = vertx;
    this.config = config;
  }

  /** The body in a file, which the caller removes. */
  Uni<Path> spool(HttpServerRequest request) {
    Path path = FOLDER.resolve("sluice-edits-" + UUID.randomUUID());
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
