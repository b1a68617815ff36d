package dev.sluice.chaos.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.sluice.chaos.catalog.CatalogApi.Answer;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final String LINE =
      "{\"path\":\"a\",\"size\":1,\"sha256\":\"%s\",\"mediaType\":\"text/plain\",\"objectKey\":\"k\"}";

  private final Snapshot snapshot = new Snapshot();

  @Test
  void takesAProblemForNoFile() {
    assertThat(snapshot.manifest("/v1", answer(404, "{\"code\":\"dataset-not-found\"}"))).isEmpty();

    assertThat(snapshot.keys()).isEmpty();
    assertThat(snapshot.wrong())
        .containsExactly("/v1: the manifest was answered 404 {\"code\":\"dataset-not-found\"}");
  }

  @Test
  void namesTwoContentsOfOneObject() {
    String one = LINE.formatted(Contents.sha256(1));
    String other = LINE.formatted(Contents.sha256(2));

    assertThat(snapshot.manifest("/v1", answer(200, one + "\n" + other + "\n"))).hasSize(2);

    assertThat(snapshot.wrong()).singleElement().asString().contains("one object, two contents");
  }

  private static Answer answer(int status, String text) {
    return new Answer(status, NullNode.getInstance(), text, "");
  }
}
