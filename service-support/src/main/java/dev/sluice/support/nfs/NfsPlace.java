package dev.sluice.support.nfs;

import dev.sluice.support.address.ShownText;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code nfs://host[:port]/export/path[?mountport=…]} says.
 *
 * @param port of NFS
 * @param mountPort of the mount protocol; 0 when the port mapper is to be asked
 */
public record NfsPlace(String host, int port, int mountPort, List<String> path) {
  private static final int PORT = 2_049;
  private static final Pattern MOUNT_PORT = Pattern.compile("mountport=(\\d{1,5})");

  /** The place of a URL. */
  public static NfsPlace of(URI url) throws NfsException {
    @Nullable String host = url.getHost();
    if (host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new NfsException.Refused(
          "'" + shown(url) + "': wanted is nfs://host/export/path, with a plain host");
    }
    String query = Optional.ofNullable(url.getRawQuery()).orElse("");
    Matcher mountPort = MOUNT_PORT.matcher(query);
    if (!query.isEmpty() && !mountPort.matches()) {
      throw new NfsException.Invalid("an nfs URL takes mountport only");
    }
    List<String> path =
        Arrays.stream(Optional.ofNullable(url.getPath()).orElse("").split("/", -1))
            .filter(segment -> !segment.isEmpty())
            .toList();
    if (path.stream().anyMatch(s -> s.equals(".") || s.equals("..") || s.indexOf(0) >= 0)) {
      throw new NfsException.Refused("'" + shown(url) + "': no '.' and no '..' in the path");
    }
    return new NfsPlace(
        host,
        url.getPort() < 0 ? PORT : url.getPort(),
        query.isEmpty() ? 0 : Integer.parseInt(mountPort.group(1)),
        path);
  }

  /** The place for messages. */
  public String shown() {
    return ShownText.of("nfs://" + host + "/" + String.join("/", path));
  }

  private static String shown(URI url) {
    return ShownText.of(url.getScheme() + "://" + url.getHost() + url.getRawPath());
  }
}
