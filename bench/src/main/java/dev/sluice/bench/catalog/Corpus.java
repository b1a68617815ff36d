package dev.sluice.bench.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.EntryReader;
import dev.sluice.manifest.PathKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Files that a version has: 1,000 to a folder, each with bytes of its own. */
record Corpus(int files) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int FOLDER = 1_000;
  private static final int BUFFER = 1 << 20;

  static String path(int number) {
    return "data/%05d/image-%08d.png".formatted(number / FOLDER, number);
  }

  /** The number of a path. */
  static int number(String path) {
    return Integer.parseInt(path, path.length() - 12, path.length() - 4, 10);
  }

  /** The file of that number in one of its shapes. */
  static Entry entry(int number, int shape) {
    String path = path(number);
    return new Entry(
        PathKey.of(path),
        10_000 + number % 90_000,
        content(number, shape),
        "image/png",
        "dataset/bench/v1/" + path,
        Entry.UNKNOWN,
        Entry.UNKNOWN);
  }

  private static Digest content(int number, int shape) {
    try {
      return Digest.of(
          MessageDigest.getInstance("SHA-256")
              .digest(ByteBuffer.allocate(8).putInt(number).putInt(shape).array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the manifest of the first version, a line per file, by path. */
  Path write(Path folder) throws IOException {
    Path manifest = folder.resolve("manifest-" + files + ".ndjson");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(manifest), BUFFER);
        JsonGenerator json = JSON.createGenerator(out)) {
      json.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString("\n"));
      for (int number = 0; number < files; number++) {
        Entry entry = entry(number, 0);
        json.writeStartObject();
        json.writeStringField("path", entry.path().toString());
        json.writeNumberField("size", entry.size());
        json.writeStringField("sha256", entry.sha256().hex());
        json.writeStringField("mediaType", entry.mediaType());
        json.writeStringField("objectKey", entry.objectKey());
        json.writeEndObject();
      }
    }
    return manifest;
  }

  /** Reads such a manifest, line by line. */
  static void read(Path manifest, Consumer<Entry> taker) throws IOException {
    try (InputStream in = Files.newInputStream(manifest)) {
      EntryReader lines = new EntryReader(in, Corpus::entry);
      for (Entry entry = lines.next(); entry != null; entry = lines.next()) {
        taker.accept(entry);
      }
    }
  }

  private static Entry entry(byte[] line) {
    try (JsonParser json = JSON.createParser(line)) {
      Map<String, String> members = new HashMap<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        members.put(name, json.getText());
      }
      return new Entry(
          PathKey.of(members.getOrDefault("path", "")),
          Long.parseLong(members.getOrDefault("size", "")),
          Digest.ofHex(members.getOrDefault("sha256", "")),
          members.getOrDefault("mediaType", ""),
          members.getOrDefault("objectKey", ""),
          Entry.UNKNOWN,
          Entry.UNKNOWN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256 over all files as text, some of them replaced. */
  String digest(List<Entry> edits) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    each(edits, entry -> digest.update(entry.toString().getBytes(UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Hands over all files, some of them replaced. */
  void each(List<Entry> edits, Consumer<Entry> taker) {
    Map<PathKey, Entry> replaced = new HashMap<>();
    edits.forEach(edit -> replaced.put(edit.path(), edit));
    for (int number = 0; number < files; number++) {
      Entry entry = entry(number, 0);
      taker.accept(replaced.getOrDefault(entry.path(), entry));
    }
  }

  /** Replacements of so many files: anywhere, or of neighbours. */
  List<Entry> edits(int count, boolean clustered, int shape, Random random) {
    TreeMap<PathKey, Entry> edits = new TreeMap<>();
    int first = random.nextInt(Math.max(1, files - count));
    for (int i = 0; edits.size() < count; i++) {
      Entry edit = entry(clustered ? first + i : random.nextInt(files), shape);
      edits.put(edit.path(), edit);
    }
    return List.copyOf(edits.values());
  }
}
