package dev.sluice.manifest;

/**
 * Where the bytes of a file lie in its project's bucket. Most keys end with the file's path: then
 * only what stands before it is kept, and files share that.
 *
 * @param text the key, or what stands before the path
 * @param beforePath whether the path follows
 */
public record ObjectKey(String text, boolean beforePath) {
  static ObjectKey of(String key, PathKey path) {
    String end = path.toString();
    return key.endsWith(end)
        ? new ObjectKey(key.substring(0, key.length() - end.length()), true)
        : new ObjectKey(key, false);
  }

  String whole(PathKey path) {
    return beforePath ? text + path : text;
  }
}
