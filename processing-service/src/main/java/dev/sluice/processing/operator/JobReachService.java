package dev.sluice.processing.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.ManifestProblem.InvalidManifest;
import dev.sluice.processing.manifest.Operator;
import dev.sluice.support.problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds operators to the servers and secrets that an administrator allows. */
@ApplicationScoped
public class JobReachService {
  private static final String ENDPOINT = "endpoint";
  private static final String SECRET = "secret";
  private static final String ALL = "*";

  /** What would lead out of an address that something is below. */
  private static final Pattern OTHER_PLACE = Pattern.compile("[.]{2}|[?#@\\\\%\\s]");

  private final JobReachConfig config;

  JobReachService(JobReachConfig config) {
    this.config = config;
  }

  /**
   * Refuses a manifest whose operators name a server or a secret that is not for its project.
   *
   * @throws dev.sluice.support.problem.ProblemException {@code invalid-manifest} with all faults
   */
  public void check(DataSetManifest manifest) {
    List<FieldError> errors = new ArrayList<>();
    for (int at = 0; at < manifest.operators().size(); at++) {
      JsonNode parameters = manifest.operators().get(at).parameters();
      String field = "spec.operators[" + at + "].parameters.";
      String endpoint = parameters.path(ENDPOINT).asText();
      if (!endpoint.isEmpty() && !mayBeCalled(endpoint)) {
        String allowed = String.join(", ", endpoints());
        errors.add(
            new FieldError(
                field + ENDPOINT,
                endpoint,
                allowed.isEmpty() ? "none; sluice.jobs.endpoints lists them" : allowed));
      }
      String secret = parameters.path(SECRET).asText();
      if (!secret.isEmpty() && valueFor(manifest.project(), secret).isEmpty()) {
        errors.add(
            new FieldError(
                field + SECRET, secret, "a name in sluice.jobs.secrets that is for the project"));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidManifest(errors).exception();
    }
  }

  /** Adds to a job spec what the manifest's operators may use. */
  public void describe(DataSetManifest manifest, ObjectNode spec) {
    List<String> named =
        manifest.operators().stream()
            .map(Operator::parameters)
            .map(parameters -> parameters.path(SECRET).asText())
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    if (!named.isEmpty()) {
      ObjectNode secrets = spec.putObject("secrets");
      named.forEach(
          name -> valueFor(manifest.project(), name).ifPresent(value -> secrets.put(name, value)));
    }
    if (calls(manifest)) {
      endpoints().forEach(spec.putArray("endpoints")::add);
    }
  }

  private static boolean calls(DataSetManifest manifest) {
    Stream<Operator> operators = manifest.operators().stream();
    return operators.anyMatch(one -> one.parameters().hasNonNull(ENDPOINT));
  }

  private List<String> endpoints() {
    return config.endpoints().orElse(List.of());
  }

  private boolean mayBeCalled(String endpoint) {
    String own = withoutSlash(endpoint);
    if (OTHER_PLACE.matcher(own).find()) {
      return false;
    }
    return endpoints().stream()
        .map(JobReachService::withoutSlash)
        .anyMatch(one -> own.equals(one) || own.startsWith(one + "/"));
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  private Optional<String> valueFor(String project, String name) {
    return Optional.ofNullable(config.secrets().get(name))
        .filter(one -> one.projects().contains(ALL) || one.projects().contains(project))
        .map(JobReachConfig.SecretConfig::value);
  }
}
