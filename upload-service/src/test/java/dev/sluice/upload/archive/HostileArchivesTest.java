package dev.sluice.upload.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.sluice.upload.archive.ArchiveException.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives made to harm end with a named fault, before they have cost memory or time. */
class HostileArchivesTest {
  private static final int MIB = 1 << 20;
  private static final ArchiveLimits SMALL = new ArchiveLimits(64L * MIB, 1_000, 100);

  private static void assertFault(Fault fault, byte[] bytes, String name) {
    assertFault(fault, new ByteArrayInputStream(bytes), name);
  }

  private static void assertFault(Fault fault, InputStream bytes, String name) {
    assertThatThrownBy(() -> drain(bytes, name))
        .isInstanceOfSatisfying(
            ArchiveException.class, e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
  }

  /** Reads all and keeps nothing; the archive may give at most what is allowed and one block. */
  private static long drain(InputStream bytes, String name) throws IOException {
    long total = 0;
    try (Archive archive = Archives.expand(bytes, name, SMALL)) {
      byte[] buffer = new byte[8_192];
      for (var next = archive.next(); next.isPresent(); next = archive.next()) {
        InputStream content = next.orElseThrow().content();
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
          total += n;
          assertThat(total).isLessThanOrEqualTo(SMALL.maxBytes() + buffer.length);
        }
      }
    }
    return total;
  }

  static List<String> hostileNames() {
    List<String> names = new ArrayList<>();
    for (String up : List.of("..", "../..", "../../../../../../../../..")) {
      for (String target : List.of("evil", "etc/passwd", "root/.ssh/authorized_keys", "x y", "é")) {
        names.add(up + "/" + target);
        names.add("a/" + up + "/" + target);
        names.add("./" + up + "/" + target);
        names.add("/" + up + "/" + target);
        names.add((up + "/" + target).replace('/', '\\'));
        names.add("a\\" + (up + "/" + target).replace('/', '\\'));
      }
    }
    names.addAll(
        List.of(
            "..",
            "./.",
            "a/..",
            "a/../b",
            "a/./b",
            "a//b",
            "//a",
            "/",
            "/a",
            "/etc/passwd",
            "C:/a",
            "c:a",
            "C:\\a",
            "\\\\host\\share",
            "\\a",
            "a\\b",
            "a/b/..",
            ".././a",
            "a\u0000b",
            "a\u0001b",
            "a\nb",
            "a\rb",
            "a\u001b[2Jb",
            "a\u007fb",
            "a\u202etxt.exe",
            "a\u2066b",
            "a\u2028b",
            "a\uffffb",
            "_sluice",
            "_sluice/manifest.json",
            "./_sluice/x",
            " ",
            "a/ /b",
            "././/a",
            "a/" + "x".repeat(1_100),
            "b/" + "é".repeat(600)));
    return names;
  }

  @Test
  void hostileNamesAreMoreThanOneHundred() {
    assertThat(hostileNames()).doesNotHaveDuplicates().hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void refusesNamesThatLeadElsewhere(String name) {
    if (name.getBytes(UTF_8).length <= 100 && name.indexOf('\u0000') < 0 && !name.equals("/")) {
      assertFault(Fault.NAME, new TarBytes().file(name, "x").end(), "x.tar");
    }
    assertFault(Fault.NAME, new TarBytes().pax("path=" + name).file("x", "x").end(), "x.tar");
    assertFault(Fault.NAME, new ZipBytes().file(name, "x").end(), "x.zip");
    assertFault(Fault.NAME, new ZipBytes().file("a", "x").mode(name + "/", 0x41ed).end(), "x.zip");
    if (name.indexOf('\u0000') < 0) {
      assertFault(Fault.NAME, new TarBytes().longName(name + "/").kind("x", '5').end(), "x.tar");
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '6', 'A', 'M', 'N', 'Z', '\u00ff'})
  void refusesTarEntriesThatAreNoFiles(char type) {
    assertFault(Fault.KIND, new TarBytes().kind("innocent", type).end(), "x.tar");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xa1ff, 0x61b6, 0x21b6, 0x11b6, 0xc1ff, 0x41ed, 0xf000})
  void refusesZipEntriesThatAreNoFiles(int mode) {
    assertFault(Fault.KIND, new ZipBytes().mode("innocent", mode).end(), "x.zip");
  }

  @Test
  void refusesTwoFilesOfOneName() {
    assertFault(Fault.OVERLAP, new TarBytes().file("a", "1").file("./a", "2").end(), "x.tar");
    assertFault(Fault.OVERLAP, new ZipBytes().file("a", "1").file("a", "2").end(), "x.zip");
    assertFault(Fault.OVERLAP, new ZipBytes().file("é", "1").file("e\u0301", "2").end(), "x.zip");
  }

  @Test
  void stopsGzipBombs() throws IOException {
    byte[] member = ArchivesTest.gzip(new byte[32 * MIB]);
    List<InputStream> members = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      members.add(new ByteArrayInputStream(member));
    }
    assertFault(Fault.RATIO, new SequenceInputStream(Collections.enumeration(members)), "bomb.gz");
  }

  @Test
  void stopsTarsThatAreBombs() throws IOException {
    byte[] tar = new TarBytes().entry("zeros", '0', 48 * MIB, new byte[48 * MIB]).end();

    assertFault(Fault.RATIO, ArchivesTest.gzip(tar), "bomb.tgz");
    assertFault(Fault.RATIO, Zstd.compress(tar), "bomb.tar.zst");
    assertFault(Fault.RATIO, ArchivesTest.gzip(skipped(48 * MIB)), "bomb.tgz");
  }

  /** A folder that claims content, which is skipped and yet counted. */
  private static byte[] skipped(int size) {
    return new TarBytes().entry("d/", '5', size, new byte[size]).end();
  }

  @Test
  void stopsZstdBombs() {
    assertFault(Fault.RATIO, Zstd.compress(new byte[48 * MIB]), "bomb.zst");
  }

  @Test
  void refusesZstdThatWantsTooMuchMemory() {
    byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (21 << 3), 1, 0, 0};
    assertFault(Fault.DAMAGED, frame, "x.zst");
  }

  @Test
  void stopsZipBombsOfOneFile() {
    byte[] zeros = new byte[48 * MIB];
    byte[] packed = ZipBytes.deflated(zeros);
    byte[] honest =
        new ZipBytes().entry("zeros", 0, 8, 0, packed, zeros.length, ZipBytes.crc(zeros)).end();
    byte[] lying = new ZipBytes().entry("zeros", 0, 8, 0, packed, 10, 0).end();

    assertFault(Fault.RATIO, honest, "bomb.zip");
    assertFault(Fault.DAMAGED, lying, "bomb.zip");
  }

  @Test
  void refusesZipsWhoseEntriesShareBytes() {
    byte[] zeros = new byte[60_000];
    byte[] packed = ZipBytes.deflated(zeros);
    ZipBytes zip = new ZipBytes();
    zip.local("0", 8, 0, packed.length, zeros.length, ZipBytes.crc(zeros), 0).raw(packed);
    for (int i = 0; i < 10; i++) {
      zip.pointer(
          Integer.toString(i), 0, 8, 0, packed.length, zeros.length, ZipBytes.crc(zeros), 0);
    }

    assertFault(Fault.OVERLAP, zip.end(), "bomb.zip");
  }

  /** The bomb of Fifield: each file's first block quotes the header of the next. */
  @Test
  void refusesZipsWhoseEntriesQuoteEachOther() {
    int count = 20;
    byte[] kernel = ZipBytes.deflated(new byte[MIB]);
    byte[] data = kernel;
    List<byte[]> pieces = new ArrayList<>();
    long[] packed = new long[count];
    packed[count - 1] = kernel.length;
    for (int i = count - 2; i >= 0; i--) {
      byte[] header = ZipBytes.localHeader(name(i + 1), 8, 0, packed[i + 1], MIB, 0, 0);
      byte[] quote = new byte[5];
      quote[1] = (byte) header.length;
      quote[3] = (byte) ~header.length;
      quote[4] = (byte) 0xff;
      pieces.addFirst(header);
      pieces.addFirst(quote);
      packed[i] = 5 + header.length + packed[i + 1];
    }
    ZipBytes zip = new ZipBytes();
    int[] at = new int[count];
    zip.local(name(0), 8, 0, packed[0], MIB, 0, 0);
    for (int i = 1; i < count; i++) {
      zip.raw(pieces.get(2 * i - 2));
      at[i] = zip.size();
      zip.raw(pieces.get(2 * i - 1));
    }
    zip.raw(data);
    for (int i = 0; i < count; i++) {
      zip.pointer(name(i), 0, 8, 0, packed[i], MIB, 0, at[i]);
    }

    assertFault(Fault.OVERLAP, zip.end(), "bomb.zip");
  }

  /** Here the extra field of each local header holds the headers that follow. */
  @Test
  void refusesZipsWhoseExtraFieldsQuote() {
    byte[] kernel = ZipBytes.deflated(new byte[1_000]);
    ZipBytes zip = new ZipBytes();
    int header = ZipBytes.localHeader(name(0), 8, 0, 0, 0, 0, 0).length;
    for (int i = 0; i < 3; i++) {
      zip.local(name(i), 8, 0, 0, 1_000, 0, (2 - i) * header);
    }
    zip.raw(kernel);
    for (int i = 0; i < 3; i++) {
      zip.pointer(name(i), 0, 8, 0, i == 2 ? kernel.length : 0, 1_000, 0, (long) i * header);
    }

    assertFault(Fault.OVERLAP, zip.end(), "bomb.zip");
  }

  private static String name(int i) {
    return "file-%02d".formatted(i);
  }

  @Test
  void endsAtCountOfEntries() {
    TarBytes tar = new TarBytes();
    ZipBytes zip = new ZipBytes();
    for (int i = 0; i <= SMALL.maxFiles(); i++) {
      tar.file("f" + i, "");
      zip.file("f" + i, "");
    }
    assertFault(Fault.COUNT, tar.end(), "x.tar");
    assertFault(Fault.COUNT, zip.end(), "x.zip");
  }

  @Test
  void endsAtSumOfBytes() {
    assertFault(
        Fault.SIZE, new TarBytes().entry("a", '0', 65L * MIB, new byte[10]).cutOff(), "x.tar");
    assertFault(
        Fault.SIZE,
        new ZipBytes()
            .pointer("a", 0, 8, 0, 10, 40L * MIB, 0, 0)
            .pointer("b", 0, 8, 0, 10, 40L * MIB, 0, 100)
            .end(),
        "x.zip");
    byte[] noise = new byte[MIB];
    new Random(1).nextBytes(noise);
    List<InputStream> much = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      much.add(new ByteArrayInputStream(noise));
    }
    assertFault(Fault.SIZE, new SequenceInputStream(Collections.enumeration(much)), "x.zip");
  }

  @Test
  void refusesHeadersTooLongForMemory() {
    byte[] bytes = new byte[8 * MIB];
    Arrays.fill(bytes, (byte) 'x');
    assertFault(Fault.SIZE, new TarBytes().entry("p", 'x', bytes.length, bytes).end(), "x.tar");
    assertFault(Fault.SIZE, new TarBytes().entry("p", 'L', 1L << 32, bytes).end(), "x.tar");
    assertFault(Fault.SIZE, new TarBytes().entry("p", 'g', 1L << 32, bytes).end(), "x.tar");
  }

  @Test
  void refusesWhatItDoesNotRead() {
    assertFault(Fault.UNSUPPORTED, new byte[0], "x.rar");
    assertFault(
        Fault.UNSUPPORTED, new ZipBytes().entry("a", 0, 0, 1, new byte[0], 0, 0).end(), "x.zip");
    for (int method : new int[] {1, 6, 9, 12, 14, 93, 99}) {
      assertFault(
          Fault.UNSUPPORTED,
          new ZipBytes().entry("a", 0, method, 0, new byte[0], 0, 0).end(),
          "x.zip");
    }
    assertFault(Fault.UNSUPPORTED, new TarBytes().kind("a", 'S').end(), "x.tar");
    assertFault(
        Fault.UNSUPPORTED, new TarBytes().pax("GNU.sparse.major=1").file("a", "").end(), "x.tar");
  }

  @Test
  void namesDamage() throws IOException {
    byte[] zip = new ZipBytes().file("a", "content").end();
    byte[] gzip = ArchivesTest.gzip(new byte[1_000]);
    byte[] zstd = Zstd.compress(new byte[1_000]);
    byte[] tar = new TarBytes().file("a", "content").cutOff();
    byte[] flipped = zip.clone();
    flipped[32] ^= 1;

    assertFault(Fault.DAMAGED, flipped, "x.zip");
    assertFault(Fault.DAMAGED, Arrays.copyOf(zip, zip.length - 1), "x.zip");
    assertFault(Fault.DAMAGED, Arrays.copyOfRange(zip, 1, zip.length), "x.zip");
    assertFault(Fault.DAMAGED, new byte[0], "x.zip");
    assertFault(Fault.DAMAGED, new ZipBytes().endingAt(-1, -1, 3), "x.zip");
    assertFault(Fault.DAMAGED, new ZipBytes().endingAt(0x7fffffff, 10, 1), "x.zip");
    assertFault(Fault.DAMAGED, Arrays.copyOf(gzip, gzip.length - 9), "x.gz");
    assertFault(Fault.DAMAGED, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, "x.gz");
    assertFault(Fault.DAMAGED, Arrays.copyOf(zstd, zstd.length - 3), "x.zst");
    assertFault(Fault.DAMAGED, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, "x.zst");
    assertFault(Fault.DAMAGED, tar, "x.tar");
    assertFault(Fault.DAMAGED, Arrays.copyOf(tar, 515), "x.tar");
    assertFault(Fault.DAMAGED, "no tar".repeat(200).getBytes(UTF_8), "x.tar");
  }

  /** Random damage of good archives never ends in anything but a fault or the files. */
  @ParameterizedTest
  @ValueSource(strings = {"x.zip", "x.tar", "x.tgz", "x.tar.zst", "x.gz", "x.zst"})
  void neverFailsWithoutName(String name) throws IOException {
    byte[] tar = new TarBytes().pax("path=b").file("a", "1".repeat(700)).file("c", "2").end();
    ByteArrayOutputStream good = new ByteArrayOutputStream();
    switch (name) {
      case "x.zip" -> good.writeBytes(new ZipBytes().file("a", "1").file("b", "22").end());
      case "x.tar" -> good.writeBytes(tar);
      case "x.tgz", "x.gz" -> good.writeBytes(ArchivesTest.gzip(tar));
      default -> good.writeBytes(Zstd.compress(tar));
    }
    Random random = new Random(name.hashCode());
    for (int trial = 0; trial < 2_000; trial++) {
      byte[] bytes = good.toByteArray();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      byte[] cut =
          random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
      try {
        assertThat(drain(new ByteArrayInputStream(cut), name)).isNotNegative();
      } catch (ArchiveException e) {
        assertThat(e.fault()).isNotNull();
      }
    }
  }
}
