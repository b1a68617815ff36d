package dev.sluice.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ties the records, {@code asyncapi.yaml} and the golden examples together. */
class EventContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode ASYNC_API = asyncApi();

  static Stream<Class<? extends SluiceEvent>> events() {
    return EventTypes.all().values().stream();
  }

  @ParameterizedTest
  @MethodSource("events")
  void exampleSurvivesTheRoundTripUnchanged(Class<? extends SluiceEvent> type) throws IOException {
    // Given
    byte[] example = example(type);
    // When
    String written = EventJson.write(EventJson.read(example, type));
    // Then
    assertThat(JSON.readTree(written)).isEqualTo(JSON.readTree(example));
  }

  @ParameterizedTest
  @MethodSource("events")
  void schemaAcceptsTheExample(Class<? extends SluiceEvent> type) throws IOException {
    assertThat(schema(type).validate(JSON.readTree(example(type)))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("events")
  void schemaRefusesTheExampleWithoutAnyOneRequiredField(Class<? extends SluiceEvent> type)
      throws IOException {
    for (JsonNode field : payload(type).path("required")) {
      ObjectNode broken = (ObjectNode) JSON.readTree(example(type));
      broken.remove(field.asText());
      assertThat(schema(type).validate(broken)).as("without %s", field).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void schemaNamesExactlyTheFieldsOfTheRecord(Class<? extends SluiceEvent> type) {
    Set<String> described = names(payload(type).path("properties"));
    Set<String> components =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    assertThat(described).isEqualTo(components);
  }

  @ParameterizedTest
  @MethodSource("events")
  void channelOfTheTopicCarriesTheMessage(Class<? extends SluiceEvent> type) throws IOException {
    String topic = EventJson.read(example(type), type).topic();
    JsonNode channel =
        StreamSupport.stream(ASYNC_API.path("channels").spliterator(), false)
            .filter(c -> c.path("address").asText().equals(topic))
            .findFirst()
            .orElseThrow();
    assertThat(names(channel.path("messages"))).contains(type.getSimpleName());
    assertThat(ASYNC_API.at("/components/messages/" + type.getSimpleName() + "/name").asText())
        .isEqualTo(EventTypes.nameOf(type));
  }

  @Test
  void documentDescribesNothingThatHasNoRecord() {
    Set<String> known = events().map(Class::getSimpleName).collect(Collectors.toSet());
    assertThat(names(ASYNC_API.at("/components/messages"))).isEqualTo(known);
  }

  @Test
  void documentNamesEveryTopic() {
    Set<String> addresses =
        StreamSupport.stream(ASYNC_API.path("channels").spliterator(), false)
            .map(c -> c.path("address").asText())
            .collect(Collectors.toSet());
    assertThat(addresses).isEqualTo(Set.copyOf(Topics.ALL));
  }

  @Test
  void newerProducersMayAddFields() throws IOException {
    ObjectNode newer = (ObjectNode) JSON.readTree(example(DatasetEvent.MemberAdded.class));
    newer.put("invitedBy", "ada");
    var event = EventJson.read(newer.toString().getBytes(UTF_8), DatasetEvent.MemberAdded.class);
    assertThat(event.user()).isEqualTo("grace");
  }

  private static JsonSchema schema(Class<? extends SluiceEvent> type) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$ref", "#/components/schemas/" + type.getSimpleName());
    root.set("components", ASYNC_API.path("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
  }

  private static JsonNode payload(Class<? extends SluiceEvent> type) {
    return ASYNC_API.at("/components/schemas/" + type.getSimpleName());
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private static byte[] example(Class<? extends SluiceEvent> type) throws IOException {
    String name = "/examples/" + type.getSimpleName() + ".v1.json";
    try (InputStream in = EventContractTest.class.getResourceAsStream(name)) {
      assertThat(in).as("golden example %s", name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static JsonNode asyncApi() {
    try (InputStream in = EventContractTest.class.getResourceAsStream("/asyncapi.yaml")) {
      return new ObjectMapper(new YAMLFactory()).readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
