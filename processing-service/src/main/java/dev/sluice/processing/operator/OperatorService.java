package dev.sluice.processing.operator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.ManifestProblem.InvalidManifest;
import dev.sluice.processing.manifest.Operator;
import dev.sluice.support.problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The operators of this build's Python program. */
@ApplicationScoped
public class OperatorService {
  private static final String RESOURCE = "/operators.json";
  private static final TypeReference<List<OperatorView>> VIEWS = new TypeReference<>() {};

  private final Map<String, OperatorView> operators = new LinkedHashMap<>();
  private final Map<String, ParameterSchema> schemas = new LinkedHashMap<>();

  private final JobReachService reach;

  OperatorService(JobReachService reach) {
    this.reach = reach;
    for (OperatorView operator : fromJar()) {
      operators.put(operator.name(), operator);
      schemas.put(operator.name(), new ParameterSchema(operator.parameters()));
    }
  }

  private static List<OperatorView> fromJar() {
    try (InputStream in = OperatorService.class.getResourceAsStream(RESOURCE)) {
      return new ObjectMapper()
          .readValue(Objects.requireNonNull(in, "no " + RESOURCE + " in this build"), VIEWS);
    } catch (IOException e) {
      throw new IllegalStateException("the catalogue of operators cannot be read", e);
    }
  }

  /** All of them, in the order of the catalogue. */
  List<OperatorView> all() {
    return List.copyOf(operators.values());
  }

  /** One operator; a problem 404 when there is none of that name. */
  OperatorView get(String name) {
    OperatorView operator = operators.get(name);
    if (operator == null) {
      throw new OperatorProblem.OperatorNotFound(name).exception();
    }
    return operator;
  }

  /**
   * Holds the operators of a manifest to the catalogue, and to what they may reach.
   *
   * @throws dev.sluice.support.problem.ProblemException {@code invalid-manifest} with all faults
   */
  public void check(DataSetManifest manifest) {
    check(manifest.operators());
    reach.check(manifest);
  }

  /** Their names and parameters alone. */
  void check(List<Operator> wanted) {
    List<FieldError> errors = new ArrayList<>();
    for (int at = 0; at < wanted.size(); at++) {
      Operator operator = wanted.get(at);
      String field = "spec.operators[" + at + "]";
      ParameterSchema schema = schemas.get(operator.name());
      if (schema == null) {
        String known = String.join(", ", operators.keySet());
        errors.add(new FieldError(field + ".name", operator.name(), known));
      } else {
        errors.addAll(schema.faults(operator.parameters(), field + ".parameters"));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidManifest(errors).exception();
    }
  }
}
