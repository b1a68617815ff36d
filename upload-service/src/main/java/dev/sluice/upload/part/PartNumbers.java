package dev.sluice.upload.part;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.FieldError;
import dev.sluice.upload.file.PartPlan;
import dev.sluice.upload.part.PartViews.Chunk;
import dev.sluice.upload.part.PartViews.ProgressRequest;
import dev.sluice.upload.part.PartViews.UrlsRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes part numbers out of requests, and only those of the plan. */
final class PartNumbers {
  private static final int MOST = 10_000;
  private static final int MOST_ERRORS = 100;

  private PartNumbers() {}

  /** In the order of the request. */
  static List<Integer> of(@Nullable UrlsRequest request, PartPlan plan) {
    List<@Nullable Integer> numbers = request == null ? null : request.partNumbers();
    demandSome(numbers, "partNumbers");
    List<Integer> checked = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    for (Integer number : numbers == null ? List.<@Nullable Integer>of() : numbers) {
      if (number != null && plan.has(number)) {
        checked.add(number);
      } else {
        errors.add(outside("partNumbers", number, plan));
      }
    }
    refuse(errors);
    return checked;
  }

  /** Numbers of reported parts, each once; a size that is not the plan's is refused. */
  static Set<Integer> of(@Nullable ProgressRequest request, PartPlan plan) {
    List<@Nullable Chunk> chunks = request == null ? null : request.chunks();
    demandSome(chunks, "chunks");
    Set<Integer> checked = new LinkedHashSet<>();
    List<FieldError> errors = new ArrayList<>();
    for (Chunk chunk : chunks == null ? List.<@Nullable Chunk>of() : chunks) {
      if (chunk == null || !plan.has(chunk.partNumber())) {
        errors.add(outside("chunks.partNumber", chunk == null ? null : chunk.partNumber(), plan));
      } else if (chunk.size() != plan.sizeOf(chunk.partNumber())) {
        errors.add(wrongSize(chunk, plan));
      } else {
        checked.add(chunk.partNumber());
      }
    }
    refuse(errors);
    return checked;
  }

  private static void demandSome(@Nullable List<?> list, String field) {
    int count = list == null ? 0 : list.size();
    if (count < 1 || count > MOST) {
      throw InvalidRequest.of(field, count + " elements", "1 to " + MOST + " elements").exception();
    }
  }

  private static FieldError outside(String field, @Nullable Integer number, PartPlan plan) {
    return new FieldError(
        field, number == null ? null : number.toString(), "1 to " + plan.partCount());
  }

  private static FieldError wrongSize(Chunk chunk, PartPlan plan) {
    return new FieldError(
        "chunks.size",
        Long.toString(chunk.size()),
        plan.sizeOf(chunk.partNumber()) + " bytes for part " + chunk.partNumber());
  }

  private static void refuse(List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors.subList(0, Math.min(errors.size(), MOST_ERRORS))).exception();
    }
  }
}
