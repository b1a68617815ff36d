package dev.sluice.upload.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Media types by the first bytes of a file. */
final class MagicBytes {
  private static final int TF_HEADER = 12;
  private static final int MASK_DELTA = 0xa282ead8;

  private MagicBytes() {}

  /** The type whose mark the bytes carry; empty when they carry none. */
  static Optional<String> sniff(byte[] head) {
    String text = new String(head, ISO_8859_1);
    return Optional.ofNullable(mark(text, head));
  }

  private static @org.jspecify.annotations.Nullable String mark(String text, byte[] head) {
    if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    } else if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    } else if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
      return "image/gif";
    } else if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
      return "image/tiff";
    } else if (isBitmap(text)) {
      return "image/bmp";
    } else if (text.startsWith("\0\0\1\0")) {
      return "image/x-icon";
    } else if (text.startsWith("RIFF")) {
      return riff(text);
    } else if (text.startsWith("ftyp", 4)) {
      return isoMedia(text);
    } else if (text.startsWith("\u001aE\u00df\u00a3")) {
      return text.contains("webm") ? "video/webm" : "video/x-matroska";
    }
    return otherMark(text, head);
  }

  private static @org.jspecify.annotations.Nullable String otherMark(String text, byte[] head) {
    if (text.startsWith("\0\0\1\u00ba") || text.startsWith("\0\0\1\u00b3")) {
      return "video/mpeg";
    } else if (text.startsWith("FLV\1")) {
      return "video/x-flv";
    } else if (text.startsWith("OggS")) {
      return text.contains("theora") ? "video/ogg" : "audio/ogg";
    } else if (text.startsWith("fLaC")) {
      return "audio/flac";
    } else if (text.startsWith("ID3")) {
      return "audio/mpeg";
    } else if (text.startsWith("PAR1")) {
      return MediaTypes.PARQUET;
    } else if (text.startsWith("%PDF-")) {
      return MediaTypes.PDF;
    } else if (text.startsWith("PK\3\4") || text.startsWith("PK\5\6")) {
      return MediaTypes.ZIP;
    } else if (text.startsWith("\u001f\u008b")) {
      return "application/gzip";
    } else if (text.startsWith("(\u00b5/\u00fd")) {
      return "application/zstd";
    }
    return isTfRecord(head) ? MediaTypes.TF_RECORD : audioFrame(head);
  }

  private static boolean isBitmap(String text) {
    return text.startsWith("BM") && text.length() >= 18 && text.startsWith("\0\0\0\0", 6);
  }

  private static @org.jspecify.annotations.Nullable String riff(String text) {
    if (text.startsWith("WEBP", 8)) {
      return "image/webp";
    }
    if (text.startsWith("WAVE", 8)) {
      return "audio/wav";
    }
    return text.startsWith("AVI ", 8) ? "video/x-msvideo" : null;
  }

  private static String isoMedia(String text) {
    String brand = text.length() < 12 ? "" : text.substring(8, 12);
    return switch (brand) {
      case "avif", "avis" -> "image/avif";
      case "heic", "heix", "mif1", "msf1", "heim", "heis" -> "image/heic";
      case "M4A ", "M4B " -> "audio/mp4";
      case "qt  " -> "video/quicktime";
      default -> "video/mp4";
    };
  }

  private static @org.jspecify.annotations.Nullable String audioFrame(byte[] head) {
    if (head.length < 2 || (head[0] & 0xff) != 0xff) {
      return null;
    }
    int second = head[1] & 0xff;
    if ((second & 0xf6) == 0xf0) {
      return "audio/aac";
    }
    boolean layered = (second & 0xe0) == 0xe0 && (second & 0x18) != 0x08 && (second & 0x06) != 0;
    return layered && second != 0xfe ? "audio/mpeg" : null;
  }

  /** A length in 8 bytes, little-endian, and its masked CRC32C. */
  private static boolean isTfRecord(byte[] head) {
    if (head.length < TF_HEADER) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(head, 0, Long.BYTES);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(Long.BYTES) == masked;
  }
}
