package dev.sluice.processing.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.processing.reservation.InputFile;
import dev.sluice.support.chaos.CrashPoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Brings a version to a place: its files into a folder named after the version, then the manifest
 * file, from which a reader learns what is there. Done again, it brings what is missing.
 */
final class Courier {
  private static final String JSON_TYPE = "application/json";

  private final Load load;
  private final Origin origin;
  private final Signs signs;

  Courier(Load load, Origin origin, Signs signs) {
    this.load = load;
    this.origin = origin;
    this.signs = signs;
  }

  /** Where the manifest file lies. */
  static String manifestPath(String version) {
    return "_sluice/manifest-" + version + ".json";
  }

  /** Brings all; what is there already, byte for byte, stays as it is. */
  void carry(Place place) throws IOException {
    List<Item> items = load.files().stream().map(this::item).toList();
    if (place.parallel() == 1) {
      for (Item item : items) {
        bring(place, item);
      }
    } else {
      bringAtOnce(place, items);
    }
    place.settle();
    CrashPoint.hit("delivery.beforeManifest");
    manifest(place);
    place.settle();
    CrashPoint.hit("delivery.afterManifest");
  }

  private Item item(InputFile file) {
    return new Item(
        load.version() + "/" + file.path(),
        file.size(),
        file.sha256(),
        file.mediaType(),
        file.objectKey());
  }

  private void bringAtOnce(Place place, List<Item> items) throws IOException {
    try (ExecutorService workers =
        Executors.newFixedThreadPool(place.parallel(), Thread.ofVirtual().factory())) {
      List<Future<Boolean>> pending = new ArrayList<>();
      for (Item item : items) {
        pending.add(workers.submit(() -> bring(place, item)));
      }
      try {
        for (Future<Boolean> one : pending) {
          one.get();
        }
      } catch (ExecutionException e) {
        workers.shutdownNow();
        if (e.getCause() instanceof IOException io) {
          throw io;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        workers.shutdownNow();
        Thread.currentThread().interrupt();
        throw new StoreAway("interrupted", e);
      }
    }
  }

  /** Whether it was not there before. */
  private boolean bring(Place place, Item item) throws IOException {
    signs.goOn();
    boolean there = place.has(item);
    if (!there) {
      place.put(item, () -> new CheckedStream(origin.open(item), item));
    }
    signs.brought(item.size());
    CrashPoint.hit("delivery.afterFile");
    return !there;
  }

  private void manifest(Place place) throws IOException {
    signs.goOn();
    byte[] bytes = manifestOf(load);
    String digest = HexFormat.of().formatHex(CheckedStream.sha256().digest(bytes));
    Item item = new Item(manifestPath(load.version()), bytes.length, digest, JSON_TYPE, null);
    if (!place.has(item)) {
      place.put(item, () -> new CheckedStream(new ByteArrayInputStream(bytes), item));
    }
  }

  /** The same bytes whenever it is made, so that a second try finds it right. */
  static byte[] manifestOf(Load load) {
    ObjectNode json = JsonMapper.builder().build().createObjectNode();
    json.put("project", load.project())
        .put("dataset", load.dataset())
        .put("version", load.version());
    json.put("bytes", load.files().stream().mapToLong(InputFile::size).sum());
    ArrayNode files = json.putArray("files");
    for (InputFile file : load.files()) {
      files
          .addObject()
          .put("path", load.version() + "/" + file.path())
          .put("size", file.size())
          .put("sha256", file.sha256())
          .put("mediaType", file.mediaType());
    }
    return (json.toPrettyString() + "\n").getBytes(UTF_8);
  }

  /** What is to be brought. */
  record Load(String project, String dataset, String version, List<InputFile> files) {
    Load {
      files = List.copyOf(files);
    }
  }

  /** Where the bytes come from. */
  @FunctionalInterface
  interface Origin {
    InputStream open(Item item) throws IOException;
  }

  /** How it goes. */
  interface Signs {

    /** Fails when somebody else has taken over. */
    void goOn() throws IOException;

    /** A file is at its place. */
    void brought(long bytes);
  }
}
