package dev.sluice.upload.file;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a file is cut: every part has {@code partSize} bytes but the last, which has the rest.
 *
 * @param fileSize bytes of the whole file; an empty file has one empty part
 * @param partSize bytes
 * @param partCount 1 to 10,000
 */
public record PartPlan(long fileSize, long partSize, int partCount) {
  private static final long MIB = 1L << 20;
  private static final long AIMED_PARTS = 9_000;

  public PartPlan {
    if (fileSize < 0 || partSize < 1 || partCount < 1) {
      throw new IllegalArgumentException(
          "not a plan: " + fileSize + " bytes, " + partCount + " parts of " + partSize);
    }
  }

  /**
   * The plan for a file of the given size; the same size always gives the same plan.
   *
   * @param smallestPart bytes, which every part but the last has at least
   */
  public static PartPlan of(long fileSize, long smallestPart) {
    long wanted = Math.ceilDiv(fileSize, AIMED_PARTS);
    long partSize = wanted <= smallestPart ? smallestPart : Math.ceilDiv(wanted, MIB) * MIB;
    return new PartPlan(fileSize, partSize, Math.max(1, (int) Math.ceilDiv(fileSize, partSize)));
  }

  /** Whether one PUT of the object itself does. */
  public boolean single() {
    return partCount == 1;
  }

  /** Whether the file has a part of this number; parts count from 1. */
  public boolean has(int partNumber) {
    return partNumber >= 1 && partNumber <= partCount;
  }

  /** Bytes that the part must have. */
  public long sizeOf(int partNumber) {
    if (!has(partNumber)) {
      throw new IllegalArgumentException("part " + partNumber + " of " + partCount);
    }
    return partNumber < partCount ? partSize : fileSize - partSize * (partCount - 1L);
  }

  /** Whether a stored part has the number and size of a part of this file. */
  public boolean fits(StoredPart part) {
    return has(part.partNumber()) && sizeOf(part.partNumber()) == part.size();
  }

  /** Numbers of the parts that are absent or of a wrong size, in order. */
  public List<Integer> missing(Collection<StoredPart> stored) {
    Set<Integer> there =
        stored.stream().filter(this::fits).map(StoredPart::partNumber).collect(Collectors.toSet());
    return IntStream.rangeClosed(1, partCount).filter(n -> !there.contains(n)).boxed().toList();
  }
}
