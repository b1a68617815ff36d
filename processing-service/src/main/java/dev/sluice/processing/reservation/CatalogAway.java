package dev.sluice.processing.reservation;

/** The catalog does not answer; the same call may succeed later. */
public final class CatalogAway extends RuntimeException {
  CatalogAway(String why) {
    super(why, null, false, false);
  }
}
