package dev.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.client.RunLogEvent.Ended;
import dev.sluice.client.RunLogEvent.Printed;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {

  @Test
  void readsWhatWasPrintedAndTheEnd() {
    // Given
    ServerSentEvents events =
        events(
            """
            event: log
            id: 9
            data: {"text":"one\\rhalf\\n"}

            :alive

            event:end
            data:{"state":"requested","attempt":1,"nextAttempt":2}

            """);

    // Then
    assertThat(events.next()).isEqualTo(new Printed("one\rhalf\n", 9));
    assertThat(events.next()).isEqualTo(new Ended("requested", 1, 2));
    assertThat(events.next()).isNull();
  }

  @Test
  void saysWhatTheServiceRefuses() {
    // Given
    ServerSentEvents events =
        events("event:error\ndata:{\"status\":404,\"code\":\"run-not-found\"}\n\n");

    // Then
    assertThatThrownBy(events::next).isInstanceOf(SluiceProblemException.class);
  }

  @Test
  void givesNothingOfAnEventThatWasCutOff() {
    // Then
    assertThat(events("event:log\nid:3\ndata:{\"te").next()).isNull();
  }

  private static ServerSentEvents events(String text) {
    return new ServerSentEvents(text.lines());
  }
}
