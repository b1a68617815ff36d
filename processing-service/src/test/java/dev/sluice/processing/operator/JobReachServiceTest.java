package dev.sluice.processing.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.ManifestReader;
import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.manifest.Manifests;
import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobReachServiceTest {
  private static final String LLM = "http://llm:8000/v1";

  static JobReachService allowing(String... endpoints) {
    return new JobReachService(
        new JobReachConfig() {
          @Override
          public Optional<List<String>> endpoints() {
            return Optional.of(List.of(endpoints)).filter(all -> !all.isEmpty());
          }

          @Override
          public Map<String, SecretConfig> secrets() {
            return Map.of("ours", secret("demo"), "theirs", secret("other"), "all", secret("*"));
          }
        });
  }

  private static JobReachConfig.SecretConfig secret(String project) {
    return new JobReachConfig.SecretConfig() {
      @Override
      public String value() {
        return "sk-" + project;
      }

      @Override
      public List<String> projects() {
        return List.of(project);
      }
    };
  }

  @Test
  void tellsTheJobItsSecretsAndWhatItMayCall() {
    // Given
    DataSetManifest manifest = asking(LLM, "ours");
    ObjectNode spec = JsonNodeFactory.instance.objectNode();

    // When
    allowing(LLM + "/").check(manifest);
    allowing(LLM + "/").describe(manifest, spec);

    // Then
    assertThat(spec)
        .hasToString(
            """
            {"secrets":{"ours":"sk-demo"},"endpoints":["http://llm:8000/v1/"]}"""
                .strip());
  }

  @Test
  void tellsAJobThatAsksForNothingNothing() {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    allowing(LLM)
        .describe(ManifestReader.read(ManifestText.yaml(Manifests.runnable("demo"))), spec);
    assertThat(spec).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://llm:8000/v2",
        "http://llm:8000/v1x",
        "http://llm:8000/v1/../admin",
        "http://llm:8000/v1/%2e%2e/admin",
        "http://llm:8000/v1?next=",
        "http://169.254.169.254/"
      })
  void refusesServersThatNobodyAllowed(String endpoint) {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> allowing(LLM).check(asking(endpoint, "")));
    assertThat(refused.problem().errors())
        .containsExactly(new FieldError("spec.operators[0].parameters.endpoint", endpoint, LLM));
  }

  @Test
  void refusesTheSecretsOfOthers() {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> allowing(LLM).check(asking(LLM, "theirs")));
    assertThat(refused.problem().errors())
        .singleElement()
        .extracting(FieldError::field, FieldError::value)
        .containsExactly("spec.operators[0].parameters.secret", "theirs");
    assertThatCode(() -> allowing(LLM).check(asking(LLM, "all"))).doesNotThrowAnyException();
  }

  private static DataSetManifest asking(String endpoint, String secret) {
    String manifest =
        Manifests.runnable("demo")
            .replaceFirst(
                "(?m)^( *)entrypoint:.*$",
                """
                $1operators:
                $1- name: question_answer
                $1  parameters: {endpoint: "%s", model: m, secret: "%s"}"""
                    .formatted(endpoint, secret));
    return ManifestReader.read(ManifestText.yaml(manifest));
  }
}
