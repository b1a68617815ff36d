package dev.sluice.chaos.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashPointsTest {
  @TempDir Path sources;

  @Test
  void findsEveryNameOnce() throws IOException {
    Files.writeString(
        sources.resolve("A.java"), "CrashPoint.hit(\"b.two\"); CrashPoint.hit(\n \"a.one\");");
    Files.writeString(sources.resolve("B.java"), "() -> CrashPoint.hit(\"b.two\")");
    assertThat(CrashPoints.below(List.of(sources))).containsExactly("a.one", "b.two");
  }

  @Test
  void refusesANameThatCannotBeSwept() throws IOException {
    Files.writeString(sources.resolve("A.java"), "CrashPoint.hit(\"a.\" + step);");
    assertThatThrownBy(() -> CrashPoints.below(List.of(sources))).hasMessageContaining("A.java");
  }
}
