package dev.sluice.support.address;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that begin with the same bits, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param first the lowest address
 * @param bits how many leading bits all have in common
 */
record AddressRange(InetAddress first, int bits) {

  AddressRange {
    if (bits < 0 || bits > first.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("no range: " + first.getHostAddress() + "/" + bits);
    }
  }

  /**
   * The range of the text.
   *
   * @throws IllegalArgumentException when it is none
   */
  static AddressRange of(String text) {
    int slash = text.indexOf('/');
    try {
      Optional<InetAddress> first =
          HostName.of(slash < 0 ? text : text.substring(0, slash)).literal();
      if (first.isPresent()) {
        InetAddress address = first.orElseThrow();
        int all = address.getAddress().length * Byte.SIZE;
        return new AddressRange(
            address, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
      }
      throw new IllegalArgumentException("'" + text + "': wanted is a range such as 10.1.0.0/16");
    } catch (AddressException.Refused e) {
      throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
    }
  }

  /** Whether the address lies in the range; one of the other IP version never does. */
  boolean has(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += Byte.SIZE) {
      int mask = bits - bit >= Byte.SIZE ? 0xff : 0xff << (Byte.SIZE - (bits - bit));
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask & 0xff) != 0) {
        return false;
      }
    }
    return true;
  }
}
