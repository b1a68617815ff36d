package dev.sluice.processing.delivery;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A destination of a manifest that its run's version is brought to.
 *
 * @param secretRef name of configured credentials
 */
public record Target(Kind kind, String url, @Nullable String secretRef) {

  /** The URL; its text was checked when the run was accepted. */
  URI uri() throws DeliveryFault {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new DeliveryFault(DeliveryFault.Kind.REFUSED, "no URL: " + e.getMessage(), e);
    }
  }

  /** What it is. */
  public enum Kind {
    S3,
    NFS,
    LOCAL,
    QDRANT;

    /** The spelling in manifests, rows and answers. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Kind of(String text) {
      return valueOf(text.toUpperCase(java.util.Locale.ROOT));
    }
  }
}
