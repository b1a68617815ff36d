package dev.sluice.local;

import dev.sluice.local.part.Part;
import java.util.List;

/** Takes a stack down: the services first, then what they stand on. */
final class Stop {
  private final Parts parts;
  private final Progress progress;

  Stop(Parts parts, Progress progress) {
    this.parts = parts;
    this.progress = progress;
  }

  void run() {
    List<Part> services = parts.services();
    together(services);
    together(parts.everKnown().stream().filter(part -> !services.contains(part)).toList());
  }

  private void together(List<Part> some) {
    List<Thread> threads =
        some.stream().map(part -> Thread.ofVirtual().start(() -> stopOne(part))).toList();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void stopOne(Part part) {
    if (part.isAlive()) {
      part.stop();
      progress.note("stopped " + part.name());
    }
  }
}
