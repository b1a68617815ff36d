package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.events.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests agree with the code they deploy. */
class ManifestsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path BASE = Path.of("kubernetes/base");
  private static final Path ROUTES =
      Path.of("../local/src/main/resources/dev/sluice/local/gateway/routes.properties");

  static Stream<String> services() {
    return BuildImages.SERVICES.stream();
  }

  @Test
  void routesAreThoseOfTheLocalGateway() throws IOException {
    // Given
    Properties gateway = new Properties();
    try (Reader in = Files.newBufferedReader(ROUTES)) {
      gateway.load(in);
    }
    // When
    Map<String, String> routes = new TreeMap<>();
    for (JsonNode rule : yaml("route.yaml").path("spec").path("rules")) {
      routes.put(
          rule.at("/matches/0/path/value").asText(), rule.at("/backendRefs/0/name").asText());
    }
    // Then
    Map<String, String> expected = new TreeMap<>();
    gateway.forEach((path, service) -> expected.put((String) path, (String) service));
    assertThat(routes).isEqualTo(expected);
  }

  @Test
  void topicsAreThoseOfTheContracts() throws IOException {
    var names = new TreeSet<String>();
    YAML.readTree(Path.of("kafka/topics.yaml").toFile())
        .path("topics")
        .forEach(t -> names.add(t.path("name").asText()));
    var expected = new TreeSet<String>();
    for (String topic : Topics.ALL) {
      expected.addAll(List.of(topic, Topics.deadLetters(topic)));
    }
    assertThat(names).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("services")
  void podRunsWithoutPrivileges(String service) throws IOException {
    JsonNode pod = yaml(service + "/deployment.yaml").at("/spec/template/spec");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyConfigurationKeyOfThePodExists(String service) throws IOException {
    JsonNode data = yaml("config.yaml").path("data");
    for (JsonNode variable : yaml(service + "/deployment.yaml").findValues("configMapKeyRef")) {
      if (!variable.path("optional").asBoolean()) {
        assertThat(data.has(variable.path("key").asText())).as("%s", variable).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyObjectCarriesTheStandardLabels(String service) throws IOException {
    for (String file : List.of("deployment.yaml", "service.yaml")) {
      JsonNode labels = yaml(service + "/" + file).at("/metadata/labels");
      assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo(service);
      assertThat(labels.has("app.kubernetes.io/component")).isTrue();
    }
  }

  @Test
  void kustomizationNamesEveryService() throws IOException {
    List<String> resources =
        StreamSupport.stream(yaml("kustomization.yaml").path("resources").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    assertThat(resources).containsAll(BuildImages.SERVICES);
    assertThat(resources).allMatch(r -> Files.exists(BASE.resolve(r)));
  }

  private static JsonNode yaml(String name) throws IOException {
    return YAML.readTree(BASE.resolve(name).toFile());
  }
}
