package dev.sluice.events;

import java.util.List;

/** The topics of Sluice; each has a dead-letter topic beside it. */
public final class Topics {
  /** Facts about bytes on their way in; requests for imports and the facts about them. */
  public static final String UPLOADS = "sluice.uploads";

  /** Facts about projects, members, datasets and versions. */
  public static final String DATASETS = "sluice.datasets";

  /** Requests for runs and the facts about them. */
  public static final String PROCESSING = "sluice.processing";

  /** Facts about indexed vectors. */
  public static final String VECTORS = "sluice.vectors";

  /** Every topic that carries events, without the dead-letter topics. */
  public static final List<String> ALL = List.of(UPLOADS, DATASETS, PROCESSING, VECTORS);

  private Topics() {}

  /** The topic that takes the messages of {@code topic} that can never succeed. */
  public static String deadLetters(String topic) {
    return topic + ".dlq";
  }
}
