package dev.sluice.events;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CloudEvents {@code type} of every event and the way back to its record. */
public final class EventTypes {
  private static final String PREFIX = "dev.sluice.";
  private static final String SUFFIX = ".v1";

  private static final Map<String, Class<? extends SluiceEvent>> BY_NAME =
      records(SluiceEvent.class)
          .collect(Collectors.toUnmodifiableMap(EventTypes::nameOf, Function.identity()));

  private EventTypes() {}

  /** {@code dev.sluice.<Event>.v1}. */
  public static String nameOf(Class<? extends SluiceEvent> event) {
    return PREFIX + event.getSimpleName() + SUFFIX;
  }

  /** The record for a CloudEvents type; empty when this release does not know it. */
  public static Optional<Class<? extends SluiceEvent>> byName(String type) {
    return Optional.ofNullable(BY_NAME.get(type));
  }

  /** All known types with their records. */
  public static Map<String, Class<? extends SluiceEvent>> all() {
    return BY_NAME;
  }

  private static Stream<Class<? extends SluiceEvent>> records(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    return permitted == null
        ? Stream.of(type.asSubclass(SluiceEvent.class))
        : Arrays.stream(permitted).flatMap(EventTypes::records);
  }
}
