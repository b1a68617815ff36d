package dev.sluice.processing.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way.
 *
 * @param path below the destination
 * @param sha256 64 hex digits that its bytes must have
 * @param objectKey in the project's bucket; null for what is no object
 */
record Item(String path, long size, String sha256, String mediaType, @Nullable String objectKey) {

  Item {
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf(0) >= 0) {
        throw new IllegalArgumentException("not a path below a folder: " + path);
      }
    }
  }

  /** The folders on the way. */
  List<String> folders() {
    List<String> names = List.of(path.split("/", -1));
    return names.subList(0, names.size() - 1);
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
