package dev.sluice.processing.manifest;

import dev.sluice.processing.manifest.DataSetManifest.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code spec.destination} or {@code spec.destinations}. */
final class DestinationReader {
  private static final int MOST = 8;
  private static final Pattern SECRET = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");
  static final String SECRET_RULE =
      "name of a configured secret: 1 to 64 characters of a-z, 0-9 and '-'";
  private static final Pattern DATASET = Pattern.compile(SourceUrl.DATASET);

  private DestinationReader() {}

  /** The destinations, at least one; faults are told to {@code spec}. */
  static List<Destination> read(ManifestFields spec) {
    if (spec.has("destinations")) {
      if (spec.has("destination")) {
        spec.error("destinations", null, "either destination or destinations");
      }
      List<Destination> list = new ArrayList<>();
      spec.objects("destinations", 1, MOST).forEach(one -> list.add(destination(one)));
      return list.isEmpty()
          ? List.of(new Destination(DestinationType.DATASET, null, null, null))
          : list;
    }
    return List.of(destination(spec.object("destination")));
  }

  private static Destination destination(ManifestFields destination) {
    destination.only("type", "format", "url", "secretRef");
    DestinationType type = destination.choice("type", DestinationType.class, null);
    Format format =
        destination.has("format") ? destination.choice("format", Format.class, null) : null;
    String url = destination.optionalText("url");
    if (url != null && !fits(type, url)) {
      destination.error("url", url, "for type " + type.text() + ": " + address(type));
    }
    boolean needsUrl = type == DestinationType.LOCAL || type == DestinationType.NFS;
    if (url == null && needsUrl) {
      destination.error("url", null, "required: " + address(type));
    }
    return new Destination(
        type, format, url, destination.optionalText("secretRef", SECRET, SECRET_RULE));
  }

  private static boolean fits(DestinationType type, String url) {
    return type == DestinationType.DATASET
        ? DATASET.matcher(url).matches()
        : url.startsWith(type.scheme()) && url.length() > type.scheme().length();
  }

  private static String address(DestinationType type) {
    return type == DestinationType.DATASET ? "sluice://<project>/<dataset>" : type.scheme() + "…";
  }

  /** Name of a secret in a source; the same rule. */
  static Pattern secret() {
    return SECRET;
  }
}
