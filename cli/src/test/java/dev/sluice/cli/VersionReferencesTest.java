package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionReferencesTest {
  @Test
  void takesDatasetAndVersionApart() {
    assertThat(VersionReferences.split("--project", "lab", "version", "show", "wiki@v12"))
        .containsExactly("--project", "lab", "version", "show", "wiki", "v12");
    assertThat(VersionReferences.split("search", "wiki@v2", "who?"))
        .containsExactly("search", "wiki", "--version-name", "v2", "who?");
    assertThat(VersionReferences.split("download", "wiki@prod"))
        .containsExactly("download", "wiki", "prod");
  }

  @Test
  void leavesEverythingElseAlone() {
    assertThat(VersionReferences.split("project", "member", "add", "ada@v1"))
        .containsExactly("project", "member", "add", "ada@v1");
    assertThat(VersionReferences.split("version", "show", "wiki@1")).endsWith("wiki@1");
    assertThat(VersionReferences.split("search", "wiki", "ada@work")).endsWith("ada@work");
  }
}
