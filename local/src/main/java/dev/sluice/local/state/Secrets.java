package dev.sluice.local.state;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets of a stack: each is made on first demand and kept, readable by its owner only. */
public final class Secrets {
  private static final int BYTES = 24;

  private final RememberedProperties remembered;
  private final SecureRandom random = new SecureRandom();

  private Secrets(RememberedProperties remembered) {
    this.remembered = remembered;
  }

  /** The secrets kept in {@code secrets.properties} of the folder. */
  public static Secrets in(StateFolder state) {
    return new Secrets(RememberedProperties.in(state, "secrets.properties"));
  }

  /** The secret of this name: letters, digits, {@code -} and {@code _}. */
  public String of(String name) {
    return remembered.computeIfAbsent(name, this::fresh);
  }

  private String fresh() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
