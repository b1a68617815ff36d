package dev.sluice.catalog.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.file.PendingFile;
import dev.sluice.events.UploadEvent;
import dev.sluice.events.UploadEvent.ChunkUploaded;
import dev.sluice.events.UploadEvent.UploadAborted;
import dev.sluice.events.UploadEvent.UploadCompleted;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchEffectsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");
  private static final UUID DATASET = UUID.randomUUID();
  private static final UUID ONE = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();

  @Test
  void announcesWhatIsOnItsWay() {
    assertThat(effects(part(ONE), part(OTHER)).announced())
        .containsExactly(new PendingFile("a", OTHER, PendingFile.ON_ITS_WAY));
  }

  @Test
  void announcesNothingOfAnUploadThatIsOver() {
    assertThat(effects(part(ONE), completed(ONE)).announced()).isEmpty();
    assertThat(effects(completed(ONE), part(ONE)).announced()).isEmpty();
    assertThat(effects(aborted(ONE), part(ONE)).announced()).isEmpty();
  }

  @Test
  void announcesTheNextUploadOfAPath() {
    assertThat(effects(completed(ONE), part(OTHER), part(ONE)).announced())
        .containsExactly(new PendingFile("a", OTHER, PendingFile.ON_ITS_WAY));
  }

  private static BatchEffects effects(UploadEvent... events) {
    return BatchEffects.of(List.of(events));
  }

  private static UploadEvent part(UUID upload) {
    return new ChunkUploaded("lab", DATASET, "wiki", "v1", upload, "a", 1, 1, "etag", NOW);
  }

  private static UploadEvent aborted(UUID upload) {
    return new UploadAborted("lab", DATASET, "wiki", "v1", upload, "a", "given up", NOW);
  }

  private static UploadEvent completed(UUID upload) {
    return new UploadCompleted(
        "lab",
        DATASET,
        "wiki",
        "v1",
        upload,
        "a",
        1,
        "0".repeat(64),
        null,
        "text/plain",
        "k",
        "ada",
        NOW);
  }
}
