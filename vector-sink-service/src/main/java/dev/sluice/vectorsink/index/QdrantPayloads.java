package dev.sluice.vectorsink.index;

import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.nullValue;
import static io.qdrant.client.ValueFactory.value;

import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Payload in Qdrant's form, and back. */
final class QdrantPayloads {
  private QdrantPayloads() {}

  static Map<String, Value> whole(PointPayload payload) {
    Map<String, Value> fields = new HashMap<>();
    fields.put(PayloadFields.DATASET_ID, value(payload.datasetId().toString()));
    fields.put(PayloadFields.DATASET, value(payload.dataset()));
    fields.put(PayloadFields.RECIPE, value(payload.recipe()));
    fields.put(PayloadFields.RECORD_KEY, value(payload.recordKey()));
    fields.put(PayloadFields.CHUNK_NO, value((long) payload.chunkNo()));
    fields.put(PayloadFields.TEXT, value(payload.text()));
    fields.put(PayloadFields.TEXT_DIGEST, value(payload.textDigest()));
    fields.putAll(changeable(payload.changeable()));
    fields.values().removeIf(Value::hasNullValue);
    return fields;
  }

  /** Only what may change; {@code to} and {@code also} are null where there is nothing to say. */
  static Map<String, Value> changeable(Amendment amendment) {
    Membership versions = amendment.versions();
    Integer to = versions.to();
    return Map.of(
        PayloadFields.PATH,
        value(amendment.path()),
        PayloadFields.SOURCE_SHA256,
        value(amendment.sourceSha256()),
        PayloadFields.FROM,
        value((long) versions.from()),
        PayloadFields.TO,
        to == null ? nullValue() : value((long) to),
        PayloadFields.ALSO,
        versions.also().isEmpty() ? nullValue() : numbers(versions.also()));
  }

  static PointPayload read(Map<String, Value> fields) {
    return new PointPayload(
        UUID.fromString(text(fields, PayloadFields.DATASET_ID)),
        text(fields, PayloadFields.DATASET),
        text(fields, PayloadFields.RECIPE),
        text(fields, PayloadFields.RECORD_KEY),
        (int) number(fields, PayloadFields.CHUNK_NO, 0),
        text(fields, PayloadFields.TEXT),
        text(fields, PayloadFields.TEXT_DIGEST),
        text(fields, PayloadFields.PATH),
        text(fields, PayloadFields.SOURCE_SHA256),
        versions(fields));
  }

  static Amendment readChangeable(Map<String, Value> fields) {
    return new Amendment(
        text(fields, PayloadFields.PATH),
        text(fields, PayloadFields.SOURCE_SHA256),
        versions(fields));
  }

  private static Membership versions(Map<String, Value> fields) {
    Value to = fields.get(PayloadFields.TO);
    Value also = fields.get(PayloadFields.ALSO);
    Set<Integer> singles =
        also == null || !also.hasListValue()
            ? Set.of()
            : also.getListValue().getValuesList().stream()
                .map(v -> (int) v.getIntegerValue())
                .collect(Collectors.toSet());
    @Nullable Integer end =
        to == null || !to.hasIntegerValue() ? null : (Integer) (int) to.getIntegerValue();
    return new Membership((int) number(fields, PayloadFields.FROM, 1), end, singles);
  }

  private static Value numbers(Set<Integer> numbers) {
    return list(numbers.stream().sorted().map(n -> value((long) n)).toList());
  }

  private static String text(Map<String, Value> fields, String name) {
    Value value = fields.get(name);
    return value == null ? "" : value.getStringValue();
  }

  private static long number(Map<String, Value> fields, String name, long otherwise) {
    Value value = fields.get(name);
    return value == null || !value.hasIntegerValue() ? otherwise : value.getIntegerValue();
  }
}
