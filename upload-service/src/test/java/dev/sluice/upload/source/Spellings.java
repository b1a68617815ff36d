package dev.sluice.upload.source;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Ways to write URLs that lead where imports must not go. */
final class Spellings {
  /** Inside addresses of IPv4. */
  static final List<String> IPV4 =
      List.of(
          "127.0.0.1",
          "127.1.2.3",
          "0.0.0.0",
          "169.254.169.254",
          "10.0.0.1",
          "100.64.0.1",
          "192.168.0.1",
          "172.16.5.4",
          "198.18.0.1",
          "192.0.0.192",
          "224.0.0.1",
          "255.255.255.255",
          "168.63.129.16");

  /** Inside addresses of IPv6. */
  static final List<String> IPV6 =
      List.of(
          "::1",
          "::",
          "0:0:0:0:0:0:0:1",
          "0000::0001",
          "fd00::8",
          "fd00:ec2::254",
          "fc00::1",
          "fe80::1",
          "fec0::1",
          "ff02::1",
          "2001:db8::1",
          "100::1",
          "3fff::1",
          "5f00::1",
          "64:ff9b:1::7f00:1");

  private Spellings() {}

  /** Hosts, brackets included where they belong. */
  static List<String> hosts() {
    Set<String> hosts = new LinkedHashSet<>();
    IPV4.forEach(ip -> hosts.addAll(spellings(ip)));
    IPV6.forEach(ip -> hosts.add("[" + ip + "]"));
    hosts.addAll(
        List.of(
            "localhost",
            "LOCALHOST",
            "localhost.",
            "localhost.localdomain",
            "a.localhost",
            "ip6-localhost",
            "metadata.google.internal",
            "metadata",
            "instance-data",
            "127.0.0.1.nip.test",
            "localtest.me",
            "[::1%25lo]",
            "[::1%lo]",
            "[fe80::1%25eth0]",
            "[::ffff:127.0.0.1%25lo]",
            "0",
            "00",
            "0x0",
            "127.1",
            "127.0.1",
            "0x7f.1",
            "0177.1",
            "127.0.0.01",
            "127.0.0.0x1",
            "127.000.000.001",
            "0x7f.0x0.0x0.0x1",
            "00000177.0.0.1",
            "4294967297",
            "0x17f000001",
            "①②⑦.⓪.⓪.①",
            "１２７.0.0.1",
            "127。0。0。1",
            "127．0．0．1",
            "127｡0｡0｡1",
            "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
            "lo\u00adcalhost",
            "١٢٧.٠.٠.١",
            "127.0.0.1%00.example.com",
            "127%2e0%2e0%2e1",
            "%6cocalhost",
            "%31%32%37.0.0.1",
            "127.0.0.1%20",
            "127.0.0.1%2f.example.com",
            "[::127.0.0.1]",
            "[0:0:0:0:0:ffff:7f00:1]",
            "[::ffff:0:127.0.0.1]",
            "[::1].",
            "[::1",
            "[]"));
    return new ArrayList<>(hosts);
  }

  private static List<String> spellings(String ip) {
    byte[] b = bytes(ip);
    long number = 0;
    for (byte octet : b) {
      number = (number << 8) | (octet & 0xff);
    }
    int high = (int) (number >> 16);
    int low = (int) (number & 0xffff);
    String hex = "%x:%x".formatted(high, low);
    return List.of(
        ip,
        ip + ".",
        Long.toString(number),
        "0x" + Long.toHexString(number),
        "0X" + Long.toHexString(number).toUpperCase(Locale.ROOT),
        "0" + Long.toOctalString(number),
        octets("0x%x.0x%x.0x%x.0x%x", b),
        octets("0%o.0%o.0%o.0%o", b),
        octets("%d.%d.0%o.0x%x", b),
        "%d.%d".formatted(b[0] & 0xff, number & 0xffffff),
        "[::ffff:" + ip + "]",
        "[::ffff:" + hex + "]",
        "[::" + hex + "]",
        "[2002:" + hex + "::1]",
        "[64:ff9b::" + hex + "]",
        "[64:ff9b::" + ip + "]",
        "[2001:0:4136:e378:8000:63bf:%x:%x]".formatted(~high & 0xffff, ~low & 0xffff),
        "[2a00:1450::5efe:" + hex + "]",
        ip.replace('.', '。'),
        ip.replace('1', '１'));
  }

  /** Whole URLs, for a port at which a canary sits. */
  static List<String> urls(int port) {
    List<String> urls = new ArrayList<>();
    hosts().forEach(host -> urls.add("http://" + host + ":" + port + "/"));
    for (String trick :
        List.of(
            "http://example.com@127.0.0.1:§/",
            "http://example.com:80@127.0.0.1:§/",
            "http://example.com%40127.0.0.1:§/",
            "http://127.0.0.1:§@example.com/",
            "http://127.0.0.1:§#@example.com/",
            "http://example.com#@127.0.0.1:§/",
            "http://example.com\\@127.0.0.1:§/",
            "http://127.0.0.1:§\\@example.com/",
            "http:\\\\127.0.0.1:§\\",
            "http:/\\127.0.0.1:§/",
            "http:127.0.0.1:§/",
            "http:/127.0.0.1:§/",
            "http:///127.0.0.1:§/",
            "http:////127.0.0.1:§/",
            "HTTP://127.0.0.1:§/",
            "hTTps://127.0.0.1:§/",
            " http://127.0.0.1:§/",
            "http://127.0.0.1 :§/",
            "http://127.0.0.1\t:§/",
            "http://\n127.0.0.1:§/",
            "http://127.0.0.1\r\n:§/",
            "http://127.0.0.1\u0000:§/",
            "http://127.0.0.1:§%2f@example.com/",
            "http://example.com?@127.0.0.1:§/",
            "http://example.com;@127.0.0.1:§/",
            "http://[::1]:§?.example.com/",
            "http://user:secret@localhost:§/",
            "http://@127.0.0.1:§/",
            "http://:@127.0.0.1:§/",
            "http://127.0.0.1:0§/",
            "http://127.0.0.1:+§/",
            "http://127.0.0.1:-1/",
            "http://127.0.0.1:99999/",
            "http://1.1.1.1:22/",
            "http://1.1.1.1:25/",
            "http://1.1.1.1:6379/",
            "http://1.1.1.1&@127.0.0.1:§#@2.2.2.2/",
            "http://127.0.0.1:§:80/",
            "http://0:§/",
            "ftp://127.0.0.1:§/",
            "gopher://127.0.0.1:§/_GET",
            "file:///etc/passwd",
            "jar:http://127.0.0.1:§/!/",
            "netdoc:///etc/passwd",
            "dict://127.0.0.1:§/",
            "ldap://127.0.0.1:§/",
            "data:text/plain,x",
            "//127.0.0.1:§/",
            "")) {
      urls.add(trick.replace("§", Integer.toString(port)));
    }
    return urls;
  }

  private static String octets(String format, byte[] b) {
    return format.formatted(b[0] & 0xff, b[1] & 0xff, b[2] & 0xff, b[3] & 0xff);
  }

  private static byte[] bytes(String ip) {
    try {
      return InetAddress.getByName(ip).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
