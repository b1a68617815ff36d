package dev.sluice.upload.batch;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.Problem;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.upload.batch.BatchViews.BatchFile;
import dev.sluice.upload.batch.BatchViews.BatchRequest;
import dev.sluice.upload.file.Crc32c;
import dev.sluice.upload.session.Announcement;
import dev.sluice.upload.session.NewUploadRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Announced files of one draft, checked one by one: a bad one does no harm to the others. */
record Batch(String project, String dataset, String version, List<Item> items) {
  static final int MOST = 1_000;

  /**
   * From a request.
   *
   * @throws ProblemException 400 when the draft is not named or the number of files is not allowed
   */
  static Batch of(@Nullable BatchRequest request) {
    if (request == null) {
      throw InvalidRequest.of("body", "", "a JSON object that announces files").exception();
    }
    Announcement.checkDraft(request.project(), request.dataset(), request.version());
    List<@Nullable BatchFile> files = request.files();
    int count = files == null ? 0 : files.size();
    if (files == null || count < 1 || count > MOST) {
      throw InvalidRequest.of("files", count + " elements", "1 to " + MOST + " elements")
          .exception();
    }
    List<Item> items = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    files.forEach(file -> items.add(item(request, file, paths)));
    return new Batch(
        String.valueOf(request.project()),
        String.valueOf(request.dataset()),
        String.valueOf(request.version()),
        items);
  }

  private static Item item(BatchRequest request, @Nullable BatchFile file, Set<String> paths) {
    String path = file == null || file.path() == null ? "" : file.path();
    try {
      Announcement announcement =
          Announcement.of(
              new NewUploadRequest(
                  request.project(),
                  request.dataset(),
                  request.version(),
                  path,
                  file == null ? null : file.size(),
                  file == null ? null : file.sha256(),
                  null));
      String sum = file == null ? null : file.crc32c();
      if (sum != null && !Crc32c.isCrc32c(sum)) {
        throw InvalidRequest.of("crc32c", sum, Crc32c.FORM).exception();
      }
      if (!paths.add(announcement.path().value())) {
        throw InvalidRequest.of("path", path, "each path once").exception();
      }
      return new Item.Sound(announcement, Optional.ofNullable(sum));
    } catch (ProblemException e) {
      return new Item.Faulty(path, e.problem());
    }
  }

  List<Item.Sound> sound() {
    return items.stream().filter(Item.Sound.class::isInstance).map(Item.Sound.class::cast).toList();
  }

  /** A file of the request. */
  sealed interface Item {
    /** It may be taken. */
    record Sound(Announcement file, Optional<String> crc32c) implements Item {}

    /** It cannot be what it says. */
    record Faulty(String path, Problem problem) implements Item {}
  }
}
