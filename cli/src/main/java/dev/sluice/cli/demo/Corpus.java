package dev.sluice.cli.demo;

import dev.sluice.cli.CliException;
import dev.sluice.client.upload.LocalFile;
import dev.sluice.client.upload.LocalFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the demo uploads: the sample documents, a picture among them that does not belong, and one
 * text large enough for several parts.
 *
 * @param files all of them, with their paths in the version
 * @param large the path of the large text
 */
record Corpus(List<LocalFile> files, String large) {

  static final String DOCS = "docs/";
  static final long LARGE_BYTES = 17L * 1024 * 1024;

  private static final String LARGE_PATH = "joined/handbook.txt";

  Corpus {
    files = List.copyOf(files);
  }

  /** Collects the samples and joins the large text below the given folder. */
  static Corpus prepare(Path samples, Path folder) throws IOException {
    if (!Files.isDirectory(samples)) {
      throw new CliException("the sample documents are missing: " + samples);
    }
    List<LocalFile> files = new ArrayList<>(LocalFiles.below(List.of(samples + "/"), DOCS).files());
    Path large = join(texts(files), folder.resolve("demo").resolve("handbook.txt"));
    files.add(new LocalFile(large, LARGE_PATH));
    return new Corpus(files, LARGE_PATH);
  }

  /** The files that the dataset takes. */
  List<LocalFile> belonging() {
    return files.stream().filter(Corpus::isText).toList();
  }

  /** The files that must be ignored. */
  List<LocalFile> strangers() {
    return files.stream().filter(file -> !isText(file)).toList();
  }

  private static boolean isText(LocalFile file) {
    return file.path().endsWith(".md") || file.path().endsWith(".txt");
  }

  private static List<LocalFile> texts(List<LocalFile> files) {
    List<LocalFile> texts = files.stream().filter(Corpus::isText).toList();
    if (texts.isEmpty()) {
      throw new CliException("there is no document among the samples");
    }
    return texts;
  }

  /**
   * The documents one after the other, again and again, each round under a heading, so that its
   * sections are those of the documents.
   */
  private static Path join(List<LocalFile> texts, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    long written = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
      for (int volume = 1; written < LARGE_BYTES; volume++) {
        written += write(out, "# Volume " + volume + "\n");
        for (LocalFile text : texts) {
          written += write(out, "\n\n") + Files.copy(text.source(), out);
        }
        written += write(out, "\n\n");
      }
    }
    return target;
  }

  private static int write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
    return bytes.length;
  }
}
