package dev.sluice.processing.operator;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators may use besides their rows: servers that they may call, and secrets for those. */
@ConfigMapping(prefix = "sluice.jobs")
public interface JobReachConfig {
  /**
   * Addresses of OpenAI-compatible APIs, e.g. {@code http://llm:8000/v1}, that operators may call;
   * whatever lies below one may be called too. Absent means none.
   */
  Optional<List<String>> endpoints();

  /** Secrets by the name that operators' parameters refer to. */
  Map<String, SecretConfig> secrets();

  /** One secret and who may name it. */
  interface SecretConfig {
    /** The value, for example an API key; it travels to the job and nowhere else. */
    String value();

    /** Projects that may name it; {@code *} is all. */
    List<String> projects();
  }
}
