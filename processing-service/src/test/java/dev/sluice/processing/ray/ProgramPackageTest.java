package dev.sluice.processing.ray;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ProgramPackageTest {

  @Test
  void carriesSluicesProgram() {
    // When
    ProgramPackage program = ProgramPackage.fromJar();

    // Then
    assertThat(program.uri()).matches("gcs://_ray_pkg_[0-9a-f]{32}\\.zip");
    assertThat(new String(program.zip(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("sluice/runner.py", "sluice/operators/base.py");
  }

  @Test
  void hasTheSameBytesWhateverTheOrderAndTheTimes() throws IOException {
    // Given
    byte[] one = zip(List.of("sluice/a.py", "sluice/b.py"), 1_000_000_000_000L);
    byte[] other = zip(List.of("sluice/b.py", "sluice/a.py"), 1_500_000_000_000L);

    // When
    ProgramPackage first = ProgramPackage.of(one);
    ProgramPackage second = ProgramPackage.of(other);

    // Then
    assertThat(first.name()).isEqualTo(second.name());
    assertThat(first.zip()).isEqualTo(second.zip());
  }

  private static byte[] zip(List<String> names, long time) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String name : names) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(time);
        out.putNextEntry(entry);
        out.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
