package dev.sluice.processing.automation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A template as callers read it. */
record TemplateView(
    String project,
    String name,
    int number,
    @Schema(implementation = Object.class) JsonNode manifest,
    List<Place> parameters,
    String createdBy,
    Instant createdAt) {

  static TemplateView of(Template template) {
    return new TemplateView(
        template.project(),
        template.name(),
        template.number(),
        template.manifest(),
        template.parameters().stream().map(Place::of).toList(),
        template.createdBy(),
        template.createdAt());
  }

  /** A parameter as callers read it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Place(
      String name,
      String type,
      @Nullable String description,
      @JsonProperty("default") @Schema(implementation = Object.class)
          @Nullable JsonNode defaultValue,
      @Nullable List<JsonNode> allowed) {
    static Place of(Parameter parameter) {
      return new Place(
          parameter.name(),
          parameter.type().text(),
          parameter.description(),
          parameter.defaultValue(),
          parameter.allowed() == null || parameter.allowed().isEmpty()
              ? null
              : parameter.allowed());
    }
  }
}
