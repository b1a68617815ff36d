package dev.sluice.cli;

import dev.sluice.cli.output.Output;
import dev.sluice.client.RetryPolicy;
import dev.sluice.client.SluiceClient;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command works with. An option stands above a variable of the environment, that above the
 * local stack; nothing is looked up before it is needed.
 */
public final class Context implements AutoCloseable {

  private final Sluice options;
  private final Map<String, String> environment;
  private final LocalStack stack;
  private final Output output;
  private @Nullable SluiceClient client;

  Context(Sluice options, Map<String, String> environment, LocalStack stack, Output output) {
    this.options = options;
    this.environment = Map.copyOf(environment);
    this.stack = stack;
    this.output = output.as(options::format);
  }

  /** Where results go. */
  public Output output() {
    return output;
  }

  /** The stack on this machine. */
  public LocalStack stack() {
    return stack;
  }

  /** The project that commands are about. */
  public String project() {
    String named = options.project();
    return named != null ? named : environment.getOrDefault("SLUICE_PROJECT", "demo");
  }

  /** Whether the caller named a service; then the local stack is none of our business. */
  public boolean namesApi() {
    return options.api() != null || environment.containsKey("SLUICE_API");
  }

  /** The API's address. */
  public URI api() {
    return URI.create(setting(options.api(), "SLUICE_API"));
  }

  /** A client with a person's patience, made at the first call. */
  public SluiceClient client() {
    SluiceClient made = client;
    if (made == null) {
      made = newClient(RetryPolicy.BRIEF);
      client = made;
    }
    return made;
  }

  /** A client of its own, which the caller closes. */
  public SluiceClient newClient(RetryPolicy retries) {
    return SluiceClient.connect(api(), this::token, retries);
  }

  /** The caller's token. */
  public String token() {
    return setting(options.token(), "SLUICE_TOKEN");
  }

  /** A setting of the surroundings, by the name that {@code sluice env} gives it. */
  public String setting(@Nullable String option, String variable) {
    if (option != null) {
      return option;
    }
    String fromEnvironment = environment.get(variable);
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return fromEnvironment;
    }
    String fromStack = stack.environment().get(variable);
    if (fromStack == null) {
      throw new CliException(
          variable + " is not set and no local stack is running here: 'sluice up' starts one");
    }
    return fromStack;
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
