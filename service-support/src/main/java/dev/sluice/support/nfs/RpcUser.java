package dev.sluice.support.nfs;

/** Whom a server shall take us for (AUTH_SYS); it believes that, or maps all to nobody. */
public record RpcUser(int uid, int gid) {
  private static final int NUMBER = 65_534;

  /** Nobody. */
  public static final RpcUser NOBODY = new RpcUser(NUMBER, NUMBER);
}
