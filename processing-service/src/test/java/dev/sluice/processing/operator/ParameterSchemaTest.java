package dev.sluice.processing.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.manifest.Operator;
import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterSchemaTest {
  private static final String SCHEMA =
      """
      type: object
      properties:
        column: {type: string, description: Column to look at., default: text, minLength: 1}
        rate: {type: number, minimum: 0, maximum: 1}
        length: {type: integer, minimum: 1}
        unit: {type: string, enum: [characters, words]}
        deep: {type: boolean}
        words: {type: array, items: {type: string}, minItems: 1, maxItems: 3}
        steps: {type: array, items: {type: object, properties: {at: {type: integer}},
          required: [at], additionalProperties: false}}
      required: [words]
      additionalProperties: false
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{words: [a]}",
        "{words: [a, b, c], column: x, rate: 0, length: 1, unit: words, deep: true}",
        "{words: [a], rate: 1, steps: [{at: 3}, {at: 4}]}",
        "{words: [a], rate: 0.5}"
      })
  void takesWhatTheSchemaAllows(String parameters) {
    assertThat(faults(parameters)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                            | p.words          |       | required: a list from 1 to 3 \
          values, each a text
          {words: []}                   | p.words          | []    | a list from 1 to 3 values, each \
          a text
          {words: [a, 7]}               | p.words[1]       | 7     | a text
          {words: a}                    | p.words          | a     | a list from 1 to 3 values, each \
          a text
          {words: [a], rate: 1.5}       | p.rate           | 1.5   | a number from 0 to 1
          {words: [a], rate: -0.1}      | p.rate           | -0.1  | a number from 0 to 1
          {words: [a], rate: '1'}       | p.rate           | 1     | a number from 0 to 1
          {words: [a], length: 0}       | p.length         | 0     | a whole number of at least 1
          {words: [a], length: 1.5}     | p.length         | 1.5   | a whole number of at least 1
          {words: [a], unit: lines}     | p.unit           | lines | characters, words
          {words: [a], column: ''}      | p.column         | ''    | a text of at least 1 characters
          {words: [a], deep: 1}         | p.deep           | 1     | true, false
          {words: [a], steps: [{}]}     | p.steps[0].at    |       | required: a whole number
          {words: [a], steps: [{at: 1, b: 2}]} | p.steps[0].b | 2  | unknown field; known here: at
          {words: [a], wide: 2}         | p.wide           | 2     | unknown field; known here: \
          column, rate, length, unit, deep, words, steps
          {words: [a], rate: null}      | p.rate           | null  | a number from 0 to 1
          """)
  void namesFieldValueAndWhatIsAllowed(
      String parameters, String field, String value, String allowed) {
    assertThat(faults(parameters)).containsExactly(new FieldError(field, value, allowed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: object, oneOf: []}",
        "{type: object, additionalProperties: true}",
        "{type: object, properties: {a: {type: string, pattern: x}}}",
        "{type: object, properties: {a: {type: array, items: {type: string, format: uri}}}}"
      })
  void refusesASchemaThatSaysMoreThanItUnderstands(String schema) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ParameterSchema(ManifestText.yaml(schema)));
  }

  @Test
  void namesTheOperatorOfAManifest() {
    // Given
    List<Operator> operators =
        List.of(
            new Operator("text_length", ManifestText.yaml("{minimum: -3}")),
            new Operator("text_lenght", ManifestText.yaml("{}")));

    // When
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class,
            () -> new OperatorService(JobReachServiceTest.allowing()).check(operators));

    // Then
    assertThat(refusal.problem().code()).isEqualTo("invalid-manifest");
    assertThat(refusal.problem().errors())
        .extracting(FieldError::field, FieldError::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("spec.operators[0].parameters.minimum", "-3"),
            org.assertj.core.groups.Tuple.tuple("spec.operators[1].name", "text_lenght"));
  }

  private static List<FieldError> faults(String parameters) {
    return new ParameterSchema(ManifestText.yaml(SCHEMA))
        .faults(ManifestText.yaml(parameters), "p");
  }
}
