package dev.sluice.support.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host as this service takes it: a name of ASCII letters, digits, {@code -} and {@code _}, an
 * IPv4 address of four plain decimal numbers, or an IPv6 address without zone.
 *
 * <p>Everything else that some resolver understands (octal, hexadecimal and short IPv4 addresses,
 * digits of other alphabets, percent signs, a dot at the end) is refused, so that all parsers on
 * the way mean the same host.
 *
 * @param value lower-case is not required; without brackets
 */
record HostName(String value) {
  private static final int LONGEST = 253;
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
  private static final Pattern NAME = Pattern.compile("(" + LABEL + "\\.)*" + LABEL);
  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9A-Fa-f]*)");

  /**
   * The host of a URL.
   *
   * @param text an IPv6 address with or without brackets
   */
  static HostName of(String text) throws AddressException.Refused {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String bare = bracketed ? text.substring(1, text.length() - 1) : text;
    boolean ipv6 = IPV6.matcher(bare).matches();
    boolean ipv4 = IPV4.matcher(bare).matches();
    boolean fine = bracketed ? ipv6 : ipv6 || ipv4 || isName(bare);
    if (!fine) {
      throw new AddressException.Refused(
          "host '"
              + ShownText.of(text)
              + "': neither a name in ASCII (xn--… for others), nor four decimal numbers, nor IPv6");
    }
    return new HostName(bare);
  }

  private static boolean isName(String text) {
    return text.length() <= LONGEST
        && NAME.matcher(text).matches()
        && !NUMBER.matcher(text).matches();
  }

  /** The address, when the host is one and not a name; never asks a resolver. */
  Optional<InetAddress> literal() throws AddressException.Refused {
    if (!IPV4.matcher(value).matches() && !IPV6.matcher(value).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(value));
    } catch (UnknownHostException e) {
      throw new AddressException.Refused("host '" + ShownText.of(value) + "': no address");
    }
  }
}
