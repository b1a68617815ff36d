package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changes in a dataset's description; null leaves a field as it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetChange(
    @Nullable String displayName,
    @Nullable String applicationScenario,
    @Nullable String description,
    @Nullable List<String> tags,
    @Nullable String licence) {}
