package dev.sluice.local;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code sluice status}: ends with 0 when every part is ready, else with 5. */
@Command(name = "status", description = "Show each part: health, address, memory.")
public final class StatusCommand extends StackCommand {
  private static final int NOT_UP = 5;
  private static final long MIB = 1L << 20;

  @Override
  int run(Stack stack) {
    List<PartStatus> parts = stack.status();
    for (PartStatus part : parts) {
      print(
          part.part(),
          part.health().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          part.memoryBytes(),
          part.address());
    }
    print("total", "", parts.stream().mapToLong(PartStatus::memoryBytes).sum(), "");
    boolean allUp =
        parts.stream()
            .map(PartStatus::health)
            .allMatch(
                health ->
                    health == PartStatus.Health.READY || health == PartStatus.Health.EXTERNAL);
    return allUp ? 0 : NOT_UP;
  }

  private static void print(String name, String health, long bytes, String address) {
    System.out.printf(Locale.ROOT, "%-20s %-10s %6d MiB  %s%n", name, health, bytes / MIB, address);
  }
}
