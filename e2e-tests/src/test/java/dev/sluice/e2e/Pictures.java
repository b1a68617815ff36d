package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures and pages, made and read again without any code of Sluice's own. */
final class Pictures {
  private Pictures() {}

  static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  /** A page with one line. */
  static byte[] pdf(String line) {
    String drawn = "BT /F1 24 Tf 72 700 Td (" + line + ") Tj ET";
    List<String> objects =
        List.of(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
                + " /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length " + drawn.length() + " >>\nstream\n" + drawn + "\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    StringBuilder file = new StringBuilder("%PDF-1.4\n");
    StringBuilder places = new StringBuilder("0000000000 65535 f \n");
    for (int i = 0; i < objects.size(); i++) {
      places.append("%010d 00000 n \n".formatted(file.length()));
      file.append("%d 0 obj\n%s\nendobj\n".formatted(i + 1, objects.get(i)));
    }
    int table = file.length();
    file.append("xref\n0 6\n").append(places);
    file.append("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n")
        .append(table)
        .append("\n%%EOF\n");
    return file.toString().getBytes(ISO_8859_1);
  }

  /** Width and height of each picture of a version. */
  static List<String> sizes(Path version, String format) throws IOException {
    List<byte[]> images = new ArrayList<>();
    for (Path file : files(version)) {
      byte[] bytes = Files.readAllBytes(file);
      if (format.equals("tfrecords")) {
        images.addAll(records(bytes));
      } else if (file.toString().endsWith(".png")) {
        images.add(bytes);
      }
    }
    List<String> sizes = new ArrayList<>();
    for (byte[] image : images) {
      int from = new String(image, ISO_8859_1).indexOf("\u0089PNG");
      assertThat(from).isNotNegative();
      BufferedImage seen = ImageIO.read(new ByteArrayInputStream(image, from, image.length - from));
      sizes.add(seen.getWidth() + "x" + seen.getHeight());
    }
    return sizes;
  }

  /** A record is its length in 8 bytes, 4 of a checksum, its bytes and 4 of a checksum. */
  private static List<byte[]> records(byte[] file) {
    List<byte[]> records = new ArrayList<>();
    ByteBuffer left = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (left.hasRemaining()) {
      byte[] record = new byte[Math.toIntExact(left.getLong())];
      left.getInt();
      left.get(record);
      left.getInt();
      records.add(record);
    }
    return records;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
