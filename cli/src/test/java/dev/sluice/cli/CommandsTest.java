package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandsTest {

  private static final FakeStack STACK = new FakeStack(Map.of());

  @Test
  void theListSaysOfACommandWhatItSaysOfItself() {
    for (Commands.Entry entry : Commands.ALL) {
      // When
      Typed typed = Typed.in(Map.of(), STACK, entry.name(), "--help");

      // Then
      assertThat(typed.exitCode()).as(entry.name()).isZero();
      if (!entry.ofLauncher()) {
        assertThat(typed.out()).contains(entry.description());
      }
    }
  }

  @Test
  void everyCommandOfTheListIsWhatTheClassSays() {
    for (Commands.Entry entry : Commands.ALL) {
      // When
      Object command = create(entry);
      CommandLine.Command said = command.getClass().getAnnotation(CommandLine.Command.class);

      // Then
      assertThat(said.name()).isEqualTo(entry.name());
      assertThat(String.join(" ", said.description())).isEqualTo(entry.description());
    }
  }

  @Test
  void helpNamesEveryCommand() {
    // When
    Typed typed = Typed.in(Map.of(), STACK, "--help");

    // Then
    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out()).contains(Commands.ALL.stream().map(Commands.Entry::name).toList());
    assertThat(typed.out().lines()).allMatch(line -> line.length() <= 90);
  }

  @Test
  void helpOfACommandTeachesByExample() {
    for (String name : List.of("upload", "process", "search", "version", "project", "dataset")) {
      // When
      Typed typed = Typed.in(Map.of(), STACK, "help", name);

      // Then
      assertThat(typed.out()).contains("Example").contains("sluice " + name);
    }
  }

  @Test
  void findsTheCommandBehindGlobalOptions() {
    // When / Then
    assertThat(CommandTree.typedCommand("-o", "json", "-p", "lab", "dataset", "list"))
        .isEqualTo("dataset");
    assertThat(CommandTree.typedCommand("--api=http://x", "job")).isEqualTo("job");
    assertThat(CommandTree.typedCommand("--help")).isNull();
  }

  @Test
  void completesEveryCommand() {
    // When
    Typed typed = Typed.in(Map.of(), STACK, "completion");

    // Then
    assertThat(typed.exitCode()).isZero();
    assertThat(typed.out()).startsWith("#!/usr/bin/env bash").contains("--seal");
    assertThat(Arrays.asList(typed.out().split("\\W+")))
        .containsAll(Commands.ALL.stream().map(Commands.Entry::name).toList());
  }

  private static Object create(Commands.Entry entry) {
    StringsOutput output = new StringsOutput();
    try (Context context = new Context(new Sluice(), Map.of(), STACK, output.output())) {
      return Commands.create(entry.name(), context);
    }
  }
}
