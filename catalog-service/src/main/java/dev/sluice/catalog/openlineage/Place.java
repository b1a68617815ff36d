package dev.sluice.catalog.openlineage;

import java.net.URI;

/** An address outside as OpenLineage names datasets. */
record Place(String namespace, String name) {

  /**
   * {@code s3://bucket} and the key, {@code https://host} and the path, {@code file} and the path.
   */
  static Place of(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      return new Place("unknown", url);
    }
    String rest = url.substring(scheme + 3);
    int slash = rest.indexOf('/');
    String host = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    String kind = url.substring(0, scheme);
    return switch (kind) {
      case "file" -> new Place("file", "/" + path);
      case "nfs" -> new Place("file://" + host, "/" + path);
      default -> new Place(URI.create(kind + "://" + host).toString(), path.isEmpty() ? "/" : path);
    };
  }
}
