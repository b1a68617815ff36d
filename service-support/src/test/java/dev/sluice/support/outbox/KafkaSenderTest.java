package dev.sluice.support.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The order of facts holds although a broker comes and goes between two of them. */
class KafkaSenderTest {

  @Test
  void handsOnNothingBehindARecordThatWasNotTaken() {
    // Given
    Unready producer = new Unready("second");
    List<ProducerRecord<String, byte[]>> facts =
        List.of(fact("first"), fact("second"), fact("third"));

    // When
    CompletableFuture<Void> said = KafkaSender.inOrder(producer, facts);

    // Then
    assertThat(said).isCompletedExceptionally();
    assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("first");
  }

  @Test
  void isDoneWhenAllAreTaken() {
    Unready producer = new Unready("nothing");
    assertThat(KafkaSender.inOrder(producer, List.of(fact("first"), fact("second")))).isCompleted();
    assertThat(producer.history()).hasSize(2);
  }

  private static ProducerRecord<String, byte[]> fact(String key) {
    return new ProducerRecord<>("facts", key, new byte[0]);
  }

  /** Kafka's own stand-in; it knows no partition of the topic when one record comes. */
  private static final class Unready extends MockProducer<String, byte[]> {
    private final String refused;

    Unready(String refused) {
      super(true, null, new StringSerializer(), new ByteArraySerializer());
      this.refused = refused;
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<String, byte[]> next, Callback told) {
      if (!next.key().equals(refused)) {
        return super.send(next, told);
      }
      TimeoutException unknown = new TimeoutException("Topic facts not present in metadata");
      told.onCompletion(null, unknown);
      return CompletableFuture.failedFuture(unknown);
    }
  }
}
