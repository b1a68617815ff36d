package dev.sluice.cli.catalog;

import dev.sluice.client.FileAddress;
import dev.sluice.client.FileEntry;
import dev.sluice.client.ManifestLines;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.SluiceProblemException;
import dev.sluice.client.VersionClient;
import dev.sluice.client.VersionDigest;
import dev.sluice.client.upload.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/** Proves that a sealed version is what its digest says: its manifest, and every byte of it. */
final class VersionProof {
  private static final int PARALLEL = 16;
  private static final int BATCH = 500;
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final SluiceClient client;
  private final VersionClient versions;
  private final String version;

  VersionProof(SluiceClient client, VersionClient versions, String version) {
    this.client = client;
    this.versions = versions;
    this.version = version;
  }

  /** A path whose bytes are not those of the manifest. */
  record Fault(String path, String fault) {}

  /**
   * What was found.
   *
   * @param promised the digest that the version has
   * @param reckoned the digest of its manifest, reckoned here
   * @param files whose bytes were read
   */
  record Proof(String promised, String reckoned, long files, List<Fault> faults) {
    Proof {
      faults = List.copyOf(faults);
    }

    boolean holds() {
      return promised.equals(reckoned) && faults.isEmpty();
    }
  }

  /** Whether the manifest has the digest that the version promises. */
  Proof manifest() {
    String promised = String.valueOf(versions.get(version).digest());
    try (ManifestLines manifest = versions.manifest(version)) {
      return new Proof(promised, VersionDigest.of(manifest.files()), 0, List.of());
    }
  }

  /** The same, and whether every object has the bytes that the manifest says. */
  Proof bytes() throws InterruptedException {
    Proof manifest = manifest();
    return read(manifest.promised(), manifest.reckoned());
  }

  private Proof read(String promised, String reckoned) throws InterruptedException {
    Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    AtomicLong files = new AtomicLong();
    Semaphore free = new Semaphore(PARALLEL);
    try (ManifestLines manifest = versions.manifest(version);
        Stream<FileEntry> entries = manifest.files();
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      Iterator<FileEntry> all = entries.iterator();
      while (all.hasNext()) {
        List<FileEntry> batch = next(all);
        List<FileAddress> addresses =
            versions.addresses(version, batch.stream().map(FileEntry::path).toList());
        for (int i = 0; i < batch.size(); i++) {
          FileEntry file = batch.get(i);
          FileAddress address = addresses.get(i);
          free.acquire();
          workers.execute(
              () -> {
                try {
                  String fault = fault(file, address);
                  files.incrementAndGet();
                  if (fault != null) {
                    faults.add(new Fault(file.path(), fault));
                  }
                } finally {
                  free.release();
                }
              });
        }
      }
    }
    List<Fault> sorted = faults.stream().sorted(Comparator.comparing(Fault::path)).toList();
    return new Proof(promised, reckoned, files.get(), sorted);
  }

  private static List<FileEntry> next(Iterator<FileEntry> files) {
    List<FileEntry> batch = new ArrayList<>();
    while (batch.size() < BATCH && files.hasNext()) {
      batch.add(files.next());
    }
    return batch;
  }

  private @Nullable String fault(FileEntry file, FileAddress address) {
    URI url = address.url();
    if (address.problem() != null || url == null) {
      return Objects.requireNonNullElse(address.problem(), "no address");
    }
    CRC32C crc = new CRC32C();
    try (InputStream in =
        new CheckedInputStream(client.objects().get(current(file, address, url)), crc)) {
      String sha256 = Checksum.sha256(in);
      String crc32c = HexFormat.of().toHexDigits((int) crc.getValue());
      if (!sha256.equals(file.sha256())) {
        return "has other bytes: " + sha256;
      }
      return crc32c.equals(Objects.requireNonNullElse(file.crc32c(), crc32c))
          ? null
          : "has CRC-32C " + crc32c + ", not " + file.crc32c();
    } catch (IOException e) {
      return "cannot be read: " + e.getMessage();
    } catch (SluiceProblemException e) {
      return e.code();
    }
  }

  /** The address, or one made now when the files before it took their time. */
  private URI current(FileEntry file, FileAddress address, URI url) {
    Instant end = address.expiresAt();
    return end != null && Instant.now().plus(MARGIN).isAfter(end)
        ? versions.download(version, file.path()).url()
        : url;
  }
}
