package dev.sluice.catalog.webhook;

import dev.sluice.catalog.Texts;
import dev.sluice.events.DatasetEvent;
import dev.sluice.events.EventTypes;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook is to be; in a change, null leaves a member as it is.
 *
 * @param types of the facts it wants, such as {@code VersionReleased}; none means all
 */
record Subscription(
    @Nullable String url,
    @Nullable String description,
    @Nullable List<String> types,
    @Nullable Boolean enabled) {
  static final Subscription NONE = new Subscription(null, null, null, null);
  private static final Map<String, String> KNOWN = known();

  /** Names as events carry them; 400 naming the allowed ones. */
  List<String> checkedTypes() {
    return types == null ? List.of() : types.stream().map(Subscription::type).distinct().toList();
  }

  @Nullable String checkedDescription() {
    return Texts.checked("description", description, Texts.NAME);
  }

  private static String type(String text) {
    String type = KNOWN.get(text);
    if (type == null) {
      throw InvalidRequest.of("types", text, String.join(", ", shortNames())).exception();
    }
    return type;
  }

  private static List<String> shortNames() {
    return KNOWN.keySet().stream().filter(name -> name.indexOf('.') < 0).toList();
  }

  /** What the catalog says, by its short and by its full name. */
  private static Map<String, String> known() {
    Map<String, String> known = new TreeMap<>();
    EventTypes.all()
        .forEach(
            (type, event) -> {
              if (DatasetEvent.class.isAssignableFrom(event)) {
                known.put(type, type);
                known.put(event.getSimpleName(), type);
              }
            });
    return known;
  }
}
