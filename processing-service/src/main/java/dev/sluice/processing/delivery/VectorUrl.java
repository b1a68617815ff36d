package dev.sluice.processing.delivery;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * What {@code qdrant://<dataset>} says: the dataset of the project by whose recipe the version is
 * indexed.
 */
record VectorUrl(String dataset) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]{1,38}[a-z0-9]");

  static VectorUrl of(Target target) throws DeliveryFault {
    URI url = target.uri();
    String name = String.valueOf(url.getRawAuthority());
    boolean plain =
        url.getRawQuery() == null
            && url.getRawFragment() == null
            && java.util.Set.of("", "/").contains(String.valueOf(url.getRawPath()));
    if (!plain || !LABEL.matcher(name).matches() || target.secretRef() != null) {
      throw DeliveryFault.refused(
          "wanted is qdrant://<dataset>, whose recipe says how, without secretRef");
    }
    return new VectorUrl(name);
  }
}
