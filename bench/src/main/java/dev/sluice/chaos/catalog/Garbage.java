package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.catalog.CatalogApi.Answer;
import dev.sluice.local.part.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets time pass for what is not in use, and collects garbage. */
final class Garbage {
  private static final Duration ENDS_WITHIN = Duration.ofMinutes(2);
  private static final int ACCEPTED = 202;
  private static final List<String> DAYS_LATER =
      List.of(
          """
          update catalog.manifest_node set touched = touched - interval '3 days'
          where project = (select number from catalog.project where name = ?)
          """,
          """
          update catalog.stored_object
          set touched = touched - interval '3 days', state_at = state_at - interval '3 days'
          where project = ?
          """,
          """
          update catalog.dataset_version set state_at = state_at - interval '3 days'
          where project = ? and state = 'dropped'
          """);

  private final CatalogApi api;
  private final Database database;

  Garbage(CatalogApi api, Database database) {
    this.api = api;
    this.database = database;
  }

  /** Makes everything three days older; nobody may be at work in the project. */
  void daysLater() throws SQLException {
    try (Connection connection = database.connect()) {
      for (String each : DAYS_LATER) {
        try (PreparedStatement statement = connection.prepareStatement(each)) {
          statement.setString(1, api.project());
          statement.executeUpdate();
        }
      }
    }
  }

  /** Asks for a collection, whatever becomes of it. */
  void begin() {
    api.once("POST", "/garbage-collections", "");
  }

  /** Collects, and what came of it. */
  JsonNode collect(boolean dryRun) throws Exception {
    StringBuilder id = new StringBuilder();
    boolean begun =
        Waits.until(
            ENDS_WITHIN,
            () -> {
              Optional<Answer> answer =
                  api.once("POST", "/garbage-collections", Map.of("dryRun", dryRun));
              answer
                  .filter(a -> a.status() == ACCEPTED)
                  .ifPresent(a -> id.append(a.json().path("id").asText()));
              return !id.isEmpty();
            });
    if (!begun) {
      throw new IllegalStateException("no garbage collection can begin");
    }
    boolean ended = Waits.until(ENDS_WITHIN, () -> !state(id).equals("running"));
    JsonNode end = api.insist("GET", "/garbage-collections/" + id, "").json();
    if (!ended || !end.path("state").asText().equals("done")) {
      throw new IllegalStateException("a garbage collection did not end well: " + end);
    }
    return end.path("findings");
  }

  private String state(StringBuilder id) {
    return api.insist("GET", "/garbage-collections/" + id, "").json().path("state").asText();
  }
}
