package dev.sluice.upload.ledger;

import dev.sluice.upload.intake.Holdings;
import dev.sluice.upload.problem.UploadProblem;
import dev.sluice.upload.problem.UploadProblem.ContentErased;
import dev.sluice.upload.problem.UploadProblem.FileTooLarge;
import dev.sluice.upload.problem.UploadProblem.PathTaken;
import dev.sluice.upload.problem.UploadProblem.QuotaExceeded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which of the announced files cannot be taken, and why. */
record Refusals(Map<NewFile, UploadProblem> problems) {
  static final Refusals NONE = new Refusals(Map.of());

  /**
   * Judges files in their order.
   *
   * @param inTheWay paths of the draft that may be folders of these, or lie in them
   * @param onTheirWay bytes of the project that other uploads bring
   */
  static Refusals of(
      List<NewFile> files,
      Set<String> inTheWay,
      Holdings holdings,
      long onTheirWay,
      UploadConfig config) {
    Map<NewFile, UploadProblem> problems = new HashMap<>();
    TreeSet<String> others = new TreeSet<>(inTheWay);
    long room = holdings.quotaBytes().orElse(Long.MAX_VALUE) - holdings.usedBytes() - onTheirWay;
    for (NewFile file : files) {
      long size = holdings.of(file.content()).isPresent() ? 0 : file.content().size();
      Optional<String> other = conflict(file, others);
      Optional<String> blocked = holdings.refusalOf(file.content());
      if (file.content().size() > config.maxFileSize()) {
        problems.put(file, new FileTooLarge(file.content().size(), config.maxFileSize()));
      } else if (blocked.isPresent()) {
        problems.put(file, erased(file, blocked.get()));
      } else if (other.isPresent()) {
        problems.put(file, new PathTaken(file.path().value(), other.get()));
      } else if (size > room) {
        long quota = holdings.quotaBytes().orElse(Long.MAX_VALUE);
        problems.put(file, new QuotaExceeded(quota, quota - room, size));
      } else {
        room -= size;
        others.add(file.path().value());
      }
    }
    return new Refusals(problems);
  }

  Optional<UploadProblem> of(NewFile file) {
    return Optional.ofNullable(problems.get(file));
  }

  private static ContentErased erased(NewFile file, String reason) {
    return new ContentErased(file.path().value(), file.content().sha256().orElseThrow(), reason);
  }

  /** A folder of the path that is a file, or a file that lies in the path. */
  private static Optional<String> conflict(NewFile file, TreeSet<String> others) {
    String below = file.path().value() + "/";
    String next = others.ceiling(below);
    if (next != null && next.startsWith(below)) {
      return Optional.of(next);
    }
    return file.path().folders().stream().filter(others::contains).findFirst();
  }
}
