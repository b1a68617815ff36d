package dev.sluice.chaos.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.chaos.upload.EventsView.Heard;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RunEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Heard> heard =
      List.of(
          heard("DraftOpened", "wiki", "v1"),
          heard("DraftDropped", "wiki", "v1"),
          heard("DraftOpened", "wiki", "v2"),
          heard("VersionCreated", "wiki", "v2"));

  @Test
  void findsNothingWhenEachFactWasToldInItsOrder() {
    assertThat(judged("wiki v1 START", "wiki v1 ABORT", "wiki v2 START", "wiki v2 COMPLETE"))
        .isEmpty();
  }

  @Test
  void namesWhatWasNotTold() {
    assertThat(judged("wiki v1 START", "wiki v1 ABORT", "wiki v2 COMPLETE")).hasSize(1);
  }

  @Test
  void namesWhatWasToldOutOfOrder() {
    assertThat(judged("wiki v1 START", "wiki v2 START", "wiki v1 ABORT", "wiki v2 COMPLETE"))
        .hasSize(1);
  }

  @Test
  void namesWhatNeverWas() {
    assertThat(
            judged(
                "wiki v1 START",
                "wiki v1 ABORT",
                "wiki v2 START",
                "wiki v2 COMPLETE",
                "other v1 START"))
        .hasSize(1);
  }

  private List<String> judged(String... told) {
    List<String> wrong = new ArrayList<>();
    RunEvents.judge(heard, List.of(told), wrong);
    return wrong;
  }

  private static Heard heard(String type, String dataset, String version) {
    JsonNode data = JSON.createObjectNode().put("dataset", dataset).put("version", version);
    return new Heard(
        type + version,
        "dev.sluice." + type + ".v1",
        data,
        new ConsumerRecord<>("t", 0, 0, "k", new byte[0]));
  }
}
