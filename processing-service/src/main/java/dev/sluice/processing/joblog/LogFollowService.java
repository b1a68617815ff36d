package dev.sluice.processing.joblog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunId;
import dev.sluice.processing.run.RunService;
import dev.sluice.processing.run.RunState;
import dev.sluice.support.async.Contexts;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows the log of an attempt to its end. */
@ApplicationScoped
class LogFollowService {
  private static final Logger LOG = Logger.getLogger(LogFollowService.class);
  private static final long FASTEST_MILLIS = 1_000;
  private static final long BYTES_PER_MILLI = 4_096;
  private static final int LONGEST_TEXT = 64 << 10;
  private static final int IDLE_ROUNDS = 15;

  private final JobLogService logs;
  private final RunService runs;

  LogFollowService(JobLogService logs, RunService runs) {
    this.logs = logs;
    this.runs = runs;
  }

  /** What is printed from {@code from} on, as it is printed; last of all the end. */
  Multi<LogPiece> follow(Run run, int attempt, long from) {
    Cursor cursor = new Cursor(run.id(), attempt, from);
    return Multi.createBy()
        .repeating()
        .uni(() -> round(cursor))
        .whilst(pieces -> pieces.stream().noneMatch(LogPiece.End.class::isInstance))
        .onItem()
        .<LogPiece>disjoint()
        .onFailure()
        .invoke(e -> LOG.warnf("a follower has to come again: runId=%s reason=%s", run.id(), e))
        .onFailure()
        .recoverWithCompletion();
  }

  private Uni<List<LogPiece>> round(Cursor cursor) {
    return pause(cursor)
        .chain(() -> runs.findAnyProject(cursor.run))
        .flatMap(
            run ->
                logs.read(run, cursor.attempt, cursor.offset)
                    .map(log -> pieces(cursor, run, log))
                    .onFailure(JobLogService::isAway)
                    .recoverWithItem(() -> nothing(cursor, run)));
  }

  /** A long log is looked at less often: Ray tells all of it each time. */
  private Uni<Void> pause(Cursor cursor) {
    if (cursor.first) {
      cursor.first = false;
      return Uni.createFrom().voidItem();
    }
    long millis = Math.max(FASTEST_MILLIS, cursor.offset / BYTES_PER_MILLI);
    return Contexts.comingBack(
        Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(millis)));
  }

  private static List<LogPiece> pieces(Cursor cursor, Run run, PrintedLog log) {
    boolean ended = isOver(run, cursor.attempt);
    List<LogPiece> pieces = new ArrayList<>();
    while (cursor.offset < log.total()) {
      if (log.isLeftOut(cursor.offset)) {
        cursor.offset = log.readable(cursor.offset);
        pieces.add(new LogPiece.Printed(log.notice(), cursor.offset));
      }
      byte[] bytes = log.slice(cursor.offset, cursor.offset + LONGEST_TEXT);
      boolean mayGoOn = cursor.offset + bytes.length == log.total() && !ended;
      boolean cut = mayGoOn || bytes.length == LONGEST_TEXT;
      int length = cut ? wholeCharacters(bytes) : bytes.length;
      if (length == 0) {
        break;
      }
      cursor.offset += length;
      pieces.add(new LogPiece.Printed(new String(bytes, 0, length, UTF_8), cursor.offset));
    }
    return closed(cursor, run, pieces);
  }

  private static List<LogPiece> nothing(Cursor cursor, Run run) {
    return closed(cursor, run, new ArrayList<>());
  }

  private static List<LogPiece> closed(Cursor cursor, Run run, List<LogPiece> pieces) {
    cursor.idle = pieces.isEmpty() ? cursor.idle + 1 : 0;
    if (isOver(run, cursor.attempt)) {
      pieces.add(new LogPiece.End(run.state().text(), cursor.attempt, next(run, cursor.attempt)));
    } else if (cursor.idle >= IDLE_ROUNDS) {
      cursor.idle = 0;
      pieces.add(new LogPiece.Alive());
    }
    return pieces;
  }

  private static boolean isOver(Run run, int attempt) {
    return run.state() instanceof RunState.Ended || run.state().attempt() > attempt;
  }

  private static @Nullable Integer next(Run run, int attempt) {
    return run.state().attempt() > attempt ? Integer.valueOf(attempt + 1) : null;
  }

  /** How many bytes end with a whole character. */
  private static int wholeCharacters(byte[] bytes) {
    int begin = bytes.length - 1;
    while (begin > 0 && bytes.length - begin < 4 && (bytes[begin] & 0xC0) == 0x80) {
      begin--;
    }
    if (begin < 0) {
      return 0;
    }
    int lead = bytes[begin] & 0xFF;
    int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return bytes.length - begin >= needed ? bytes.length : begin;
  }

  /** Where a follower is; one round after the other uses it. */
  private static final class Cursor {
    private final RunId run;
    private final int attempt;
    private long offset;
    private int idle;
    private boolean first = true;

    private Cursor(RunId run, int attempt, long offset) {
      this.run = run;
      this.attempt = attempt;
      this.offset = offset;
    }
  }
}
