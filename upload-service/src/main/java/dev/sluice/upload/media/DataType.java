package dev.sluice.upload.media;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The one type of data a dataset holds, and the media types it takes. */
public enum DataType {
  TEXT,
  IMAGE,
  VIDEO,
  AUDIO,
  TABLE,
  BINARY;

  /** The type of the given lower-case name. */
  public static Optional<DataType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.label().equals(name)).findFirst();
  }

  /** Its name in requests, events and tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether files of the media type belong. */
  public boolean takes(String mediaType) {
    return switch (this) {
      case TEXT ->
          mediaType.startsWith("text/")
              || MediaTypes.TEXTUAL.contains(mediaType)
              || MediaTypes.DOCUMENTS.contains(mediaType);
      case IMAGE -> mediaType.startsWith("image/");
      case VIDEO -> mediaType.startsWith("video/");
      case AUDIO -> mediaType.startsWith("audio/");
      case TABLE -> MediaTypes.TABULAR.contains(mediaType);
      case BINARY -> true;
    };
  }

  /** Why a file of the media type is left out. */
  public String refusal(String mediaType) {
    return "a dataset of type " + label() + " takes no " + mediaType;
  }
}
