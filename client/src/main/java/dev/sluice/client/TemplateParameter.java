package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place of a template.
 *
 * @param type text, integer, number or boolean
 * @param defaultValue used when no value is given
 * @param allowed the only values; empty allows all of the type
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TemplateParameter(
    String name,
    String type,
    @Nullable String description,
    @JsonProperty("default") @Nullable Object defaultValue,
    List<Object> allowed) {

  public TemplateParameter {
    allowed = Lists.orEmpty(allowed);
  }
}
