package dev.sluice.catalog.alias;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.catalog.dataset.Dataset;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An alias or a tag on the wire.
 *
 * @param kind {@code alias} or {@code tag}
 * @param revision counts its moves; absent for {@code latest}, which nobody moves
 */
@Schema(name = "Alias")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AliasView(
    String name,
    String kind,
    String dataset,
    String version,
    @Nullable Integer revision,
    @Nullable String movedBy,
    @Nullable Instant movedAt) {

  static AliasView of(Dataset dataset, VersionName name) {
    return new AliasView(
        name.name(),
        name.kind().text(),
        dataset.name(),
        name.number().toString(),
        name.revision(),
        name.movedBy(),
        name.movedAt());
  }

  static AliasView latest(Dataset dataset, int number) {
    return new AliasView("latest", "alias", dataset.name(), "v" + number, null, null, null);
  }

  String etag() {
    return "\"" + (revision == null ? version : revision) + "\"";
  }

  /** One move of a name; a missing version is none. */
  @Schema(name = "AliasMove")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Move(
      long id,
      @Nullable String from,
      @Nullable String to,
      String movedBy,
      Instant movedAt,
      @Nullable String reason) {}
}
