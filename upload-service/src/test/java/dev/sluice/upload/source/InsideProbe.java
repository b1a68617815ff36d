package dev.sluice.upload.source;

import dev.sluice.support.address.AddressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * Run in a network namespace whose loopback has real inside addresses: tries to import from each,
 * behind the guard and, to show that the canary is there, without it. Prints both counts of hits.
 */
final class InsideProbe {
  private static final int PORT = 80;

  private InsideProbe() {}

  public static void main(String[] arguments) throws IOException {
    SourceSettings guarded = SourceSettings.strict(List.of("80", "111", "2049"));
    try (Canary http = Canary.everywhere(PORT);
        Canary mapper = Canary.everywhere(111);
        Canary nfs = Canary.everywhere(2_049)) {
      int let = 0;
      for (String url : Spellings.urls(PORT)) {
        for (String form : List.of(url, Attempt.s3(url), Attempt.nfs(url), portless(url))) {
          String outcome = Attempt.with(sources(guarded)).of(form);
          let += List.of("Refused", "Invalid", "no-uri").contains(outcome) ? 0 : 1;
        }
      }
      int guardedHits = http.hits() + mapper.hits() + nfs.hits();
      Attempt open = Attempt.with(sources(guarded.allowing("0.0.0.0/0", "::/0")));
      for (String address : arguments) {
        open.of("http://" + address + "/");
      }
      int openHits = http.hits() + mapper.hits() + nfs.hits() - guardedHits;
      System.out.printf(Locale.ROOT, "let=%d hits=%d unguarded=%d%n", let, guardedHits, openHits);
    }
    // The threads of HTTP clients would idle for a minute.
    System.exit(0);
  }

  /** NFS with the ports that it has unasked. */
  private static String portless(String url) {
    return Attempt.nfs(url).replace(":" + PORT + "/", "/");
  }

  private static Sources sources(SourceSettings settings) {
    AddressGuard guard =
        AddressGuard.of(
            SourceService.rules(settings), name -> InetAddress.getAllByName("169.254.169.254"));
    return new SourceService(settings, StoreSettings.none(), guard);
  }
}
