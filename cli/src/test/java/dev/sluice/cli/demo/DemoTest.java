package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CliException;
import dev.sluice.cli.output.Output;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

  @TempDir private Path folder;
  private DemoWorld world;
  private SluiceClient client;
  private final StringWriter told = new StringWriter();
  private final Journal journal =
      new Journal(new Output(new PrintWriter(told, true), new PrintWriter(told, true), false));

  @BeforeEach
  void start() throws IOException {
    world = new DemoWorld();
    client = SluiceClient.connect(URI.create(world.address()), () -> "t", RetryPolicy.NONE);
  }

  @AfterEach
  void stop() {
    client.close();
    world.close();
  }

  @Test
  void tellsTheWholeWay() throws Exception {
    // When
    run();

    // Then
    DemoReport report = journal.report();
    assertThat(report.checks()).allMatch(Check::holds);
    assertThat(report.steps()).hasSize(7);
    assertThat(report.figures())
        .containsEntry("files", 2)
        .containsEntry("parts", 4)
        .containsEntry("rows", 41L)
        .containsEntry("points", 41L);
    assertThat(told.toString())
        .contains("docs/picture.png: ignored")
        .contains("url: sluice://demo/handbook@v1\n")
        .contains("7. Ask in plain words");
  }

  @Test
  void noticesAVectorThatIsMissing() throws Exception {
    // Given
    world.losesAPoint();

    // When
    run();

    // Then
    assertThat(journal.report().holds()).isFalse();
    assertThat(told.toString())
        .contains("✗ points in the collection = rows: expected 41, found 40");
  }

  @Test
  void noticesBytesThatChangedInTheStore() {
    // Given
    world.tampers();

    // When / Then
    assertThatThrownBy(this::run)
        .isInstanceOf(CliException.class)
        .hasMessageContaining("but the manifest says");
  }

  private void run() throws Exception {
    Path samples = Files.createDirectory(folder.resolve("samples"));
    Files.writeString(samples.resolve("a.md"), "A line of the handbook.\n".repeat(20_000));
    Files.write(samples.resolve("picture.png"), new byte[] {1, 2, 3});
    Corpus corpus = Corpus.prepare(samples, folder);
    new Demo(client, journal, "demo", Optional.empty()).run(corpus, "ada", folder);
  }
}
