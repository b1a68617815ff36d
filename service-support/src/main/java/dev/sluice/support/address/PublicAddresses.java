package dev.sluice.support.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which addresses are of the public Internet, by the special-purpose registries of IANA (RFC 6890).
 *
 * <p>In IPv6 all but 2000::/3 is refused, and in it what leads into IPv4 by tunnels. The well-known
 * NAT64 prefix is judged by the IPv4 address inside.
 */
final class PublicAddresses {
  private static final Map<AddressRange, String> SPECIAL =
      ranges(
          "0.0.0.0/8=this network",
          "10.0.0.0/8=private",
          "100.64.0.0/10=of a provider's inside",
          "127.0.0.0/8=this machine",
          "169.254.0.0/16=link-local",
          "172.16.0.0/12=private",
          "192.0.0.0/24=reserved",
          "192.0.2.0/24=for documentation",
          "192.88.99.0/24=a relay",
          "192.168.0.0/16=private",
          "198.18.0.0/15=for benchmarks",
          "198.51.100.0/24=for documentation",
          "203.0.113.0/24=for documentation",
          "224.0.0.0/4=multicast",
          "240.0.0.0/4=reserved",
          "168.63.129.16/32=a cloud's own",
          "::1/128=this machine",
          "::/128=this machine",
          "fc00::/7=private",
          "fe80::/10=link-local",
          "fec0::/10=private",
          "ff00::/8=multicast",
          "2001::/23=reserved or a tunnel",
          "2001:db8::/32=for documentation",
          "2002::/16=a tunnel",
          "3fff::/20=for documentation");
  private static final AddressRange GLOBAL_IPV6 = AddressRange.of("2000::/3");
  private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int INTERFACE = 8;

  private PublicAddresses() {}

  /** Why the address is not public; empty when it is. */
  static Optional<String> faultOf(InetAddress address) {
    if (NAT64.has(address)) {
      return faultOf(lastFourBytesOf(address));
    }
    Optional<String> special =
        SPECIAL.entrySet().stream()
            .filter(range -> range.getKey().has(address))
            .map(Map.Entry::getValue)
            .findFirst();
    if (special.isPresent() || address.getAddress().length == IPV4_BYTES) {
      return special;
    }
    if (!GLOBAL_IPV6.has(address)) {
      return Optional.of("reserved");
    }
    return isIsatap(address.getAddress()) ? Optional.of("a tunnel") : Optional.empty();
  }

  /** RFC 5214: the last 8 bytes are 00-00-5E-FE or 02-00-5E-FE and an IPv4 address. */
  private static boolean isIsatap(byte[] b) {
    return (b[INTERFACE] & ~2) == 0
        && b[INTERFACE + 1] == 0
        && b[INTERFACE + 2] == 0x5e
        && b[INTERFACE + 3] == (byte) 0xfe;
  }

  private static InetAddress lastFourBytesOf(InetAddress address) {
    try {
      return InetAddress.getByAddress(
          Arrays.copyOfRange(address.getAddress(), IPV6_BYTES - IPV4_BYTES, IPV6_BYTES));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<AddressRange, String> ranges(String... lines) {
    return Arrays.stream(lines)
        .map(line -> line.split("=", 2))
        .collect(
            Collectors.toMap(
                words -> AddressRange.of(words[0]),
                words -> words[1],
                (a, b) -> a,
                LinkedHashMap::new));
  }
}
