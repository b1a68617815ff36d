package dev.sluice.upload.source;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;

/** Tries to import from a URL, and says how it ended. */
record Attempt(Sources sources, Optional<String> credentials) {

  static Attempt with(Sources sources) {
    return new Attempt(sources, Optional.empty());
  }

  /** The kind of failure by its class's name, or {@code open} when something was read. */
  String of(String url) {
    try {
      URI uri = URI.create(url);
      try (Source source =
          sources.open("demo", new SourceSpec(uri, credentials, Optional.empty()))) {
        Iterator<SourceFile> files = source.files();
        if (files.hasNext()) {
          try (InputStream in = source.open(files.next(), 0, -1)) {
            in.readAllBytes();
          }
        }
        return "open";
      }
    } catch (IllegalArgumentException noUri) {
      return "no-uri";
    } catch (UncheckedIOException e) {
      return kind(e);
    } catch (java.io.IOException e) {
      return kind(e);
    }
  }

  private static String kind(Exception e) {
    return SourceException.in(e).map(x -> x.getClass().getSimpleName()).orElse("other: " + e);
  }

  /** The same URL as the endpoint of an S3. */
  static String s3(String url) {
    return "s3://bucket/prefix?endpoint=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
  }

  /** The same host as a server of NFS. */
  static String nfs(String url) {
    return url.replaceFirst("(?i)^( ?)https?:", "$1nfs:");
  }
}
