package dev.sluice.catalog.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolServiceTest {
  private static final Instant THEN = Instant.parse("2026-11-22T00:00:00Z");

  @Test
  void clearsOnlyWhatIsOldAndItsOwn(@TempDir Path folder) throws IOException {
    Path old = file(folder, "sluice-edits-old", THEN.minusSeconds(1));
    Path fresh = file(folder, "sluice-edits-fresh", THEN.plusSeconds(1));
    Path foreign = file(folder, "thesis.docx", THEN.minusSeconds(1));

    SpoolService.clear(folder, THEN);

    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
    assertThat(foreign).exists();
  }

  private static Path file(Path folder, String name, Instant written) throws IOException {
    Path file = Files.writeString(folder.resolve(name), name);
    return Files.setLastModifiedTime(file, FileTime.from(written));
  }
}
