package dev.sluice.processing.delivery;

import dev.sluice.processing.reservation.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A version in memory, ready to be brought somewhere. */
final class Shipment {
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, byte[]> stored = new LinkedHashMap<>();

  Shipment with(String path, byte[] content) {
    files.put(path, content);
    stored.put("key/" + path, content);
    return this;
  }

  /** The store's object is not what the version says. */
  Shipment spoiled(String path, byte[] content) {
    stored.put("key/" + path, content);
    return this;
  }

  void bring(Place place) throws IOException {
    try (place) {
      Courier.Load load =
          new Courier.Load(
              "demo",
              "chunks",
              "v1",
              files.entrySet().stream().map(e -> file(e.getKey(), e.getValue())).toList());
      new Courier(
              load,
              item ->
                  new ByteArrayInputStream(
                      Objects.requireNonNull(stored.get(String.valueOf(item.objectKey())))),
              new Alone())
          .carry(place);
    }
  }

  private static InputFile file(String path, byte[] content) {
    String digest = HexFormat.of().formatHex(CheckedStream.sha256().digest(content));
    return new InputFile(path, content.length, digest, "text/plain", "key/" + path);
  }

  /** Nobody takes over. */
  private static final class Alone implements Courier.Signs {
    @Override
    public void goOn() {
      // Nobody else works on it.
    }

    @Override
    public void brought(long bytes) {
      // Nobody looks.
    }
  }
}
