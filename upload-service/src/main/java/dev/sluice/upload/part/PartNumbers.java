package dev.sluice.upload.part;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.FieldError;
import dev.sluice.upload.file.Crc32c;
import dev.sluice.upload.file.PartPlan;
import dev.sluice.upload.part.PartViews.Chunk;
import dev.sluice.upload.part.PartViews.CompletionRequest;
import dev.sluice.upload.part.PartViews.ProgressRequest;
import dev.sluice.upload.part.PartViews.UrlsRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Checksums by part number, of parts of the plan. */
  static Map<Integer, String> sums(@Nullable UrlsRequest request, PartPlan plan) {
    Map<Integer, String> sums = request == null ? null : request.crc32c();
    if (sums == null) {
      return Map.of();
    }
    List<FieldError> errors = new ArrayList<>();
    sums.forEach(
        (number, sum) -> {
          if (!plan.has(number)) {
            errors.add(outside("crc32c", number, plan));
          } else if (sum == null || !Crc32c.isCrc32c(sum)) {
            errors.add(new FieldError("crc32c", sum, Crc32c.FORM));
          }
        });
    refuse(errors);
    return sums;
  }

  /** Reported parts by number, and the checksum of each or an empty text; sizes are the plan's. */
  static Map<Integer, Optional<String>> of(@Nullable ProgressRequest request, PartPlan plan) {
    List<@Nullable Chunk> chunks = request == null ? null : request.chunks();
    demandSome(chunks, "chunks");
    return reported(chunks == null ? List.of() : chunks, plan);
  }

  /** The same of the parts that a request to complete reports; none is fine. */
  static Map<Integer, Optional<String>> of(@Nullable CompletionRequest request, PartPlan plan) {
    List<@Nullable Chunk> chunks = request == null ? null : request.chunks();
    return reported(chunks == null ? List.of() : chunks, plan);
  }

  private static Map<Integer, Optional<String>> reported(
      List<@Nullable Chunk> chunks, PartPlan plan) {
    Map<Integer, Optional<String>> checked = new LinkedHashMap<>();
    List<FieldError> errors = new ArrayList<>();
    for (Chunk chunk : chunks) {
      if (chunk == null || !plan.has(chunk.partNumber())) {
        errors.add(outside("chunks.partNumber", chunk == null ? null : chunk.partNumber(), plan));
      } else if (chunk.size() != plan.sizeOf(chunk.partNumber())) {
        errors.add(wrongSize(chunk, plan));
      } else if (chunk.crc32c() != null && !Crc32c.isCrc32c(chunk.crc32c())) {
        errors.add(new FieldError("chunks.crc32c", chunk.crc32c(), Crc32c.FORM));
      } else {
        checked.put(chunk.partNumber(), Optional.ofNullable(chunk.crc32c()));
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
