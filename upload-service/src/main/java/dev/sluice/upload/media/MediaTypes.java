package dev.sluice.upload.media;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Media types by the extension of a name. */
public final class MediaTypes {
  /** Anything. */
  public static final String OCTETS = "application/octet-stream";

  static final String PLAIN = "text/plain";
  static final String CSV = "text/csv";
  static final String TSV = "text/tab-separated-values";
  static final String JSON_LINES = "application/x-ndjson";
  static final String PARQUET = "application/vnd.apache.parquet";
  static final String TF_RECORD = "application/x-tfrecord";
  static final String SVG = "image/svg+xml";
  static final String PDF = "application/pdf";
  static final String ZIP = "application/zip";
  private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
  private static final String DOCX = OFFICE + "wordprocessingml.document";
  private static final String PPTX = OFFICE + "presentationml.presentation";
  private static final String XLSX = OFFICE + "spreadsheetml.sheet";

  /** Documents from which runs read text. */
  static final Set<String> DOCUMENTS = Set.of(PDF, DOCX, PPTX, XLSX);

  /** Types whose bytes all begin like a zip; the name tells which it is. */
  private static final Set<String> ZIPPED = Set.of(ZIP, DOCX, PPTX, XLSX);

  /** Types outside {@code text/} that are text all the same. */
  static final Set<String> TEXTUAL =
      Set.of(
          "application/json",
          "application/x-ndjson",
          "application/xml",
          "application/yaml",
          "application/toml",
          "application/javascript",
          "application/sql",
          "application/rtf",
          "application/x-tex",
          "application/x-sh");

  static final Set<String> TABULAR = Set.of(CSV, TSV, JSON_LINES, PARQUET, TF_RECORD);

  private static final Map<String, String> BY_EXTENSION = byExtension();

  private MediaTypes() {}

  /** The media type that a lower-case extension promises; empty when it is unknown. */
  public static Optional<String> ofExtension(String extension) {
    return Optional.ofNullable(BY_EXTENSION.get(extension));
  }

  /**
   * The type of known content under another name: text and zips go by their name, all else by its
   * content.
   *
   * @param mediaType that the content was found to be
   * @param extension lower-case, of the new name
   */
  public static String underName(String mediaType, String extension) {
    if (ZIPPED.contains(mediaType)) {
      return ofExtension(extension).filter(ZIPPED::contains).orElse(ZIP);
    }
    return isText(mediaType)
        ? ofExtension(extension).filter(MediaTypes::isText).orElse(mediaType)
        : mediaType;
  }

  /** Whether content of the type is readable text. */
  static boolean isText(String mediaType) {
    return mediaType.startsWith("text/") || TEXTUAL.contains(mediaType) || mediaType.equals(SVG);
  }

  private static Map<String, String> byExtension() {
    Map<String, String> types = new HashMap<>();
    put(types, PLAIN, "txt text log lst srt vtt rst adoc org ini cfg conf properties");
    put(types, PLAIN, "java py c h cpp hpp cc go rs kt rb php pl r scala swift ts bat");
    put(types, "text/markdown", "md markdown");
    put(types, "text/html", "html htm xhtml");
    put(types, "text/css", "css");
    put(types, CSV, "csv");
    put(types, TSV, "tsv tab");
    put(types, JSON_LINES, "jsonl ndjson");
    put(types, "application/json", "json geojson");
    put(types, "application/xml", "xml xsd xsl");
    put(types, "application/yaml", "yaml yml");
    put(types, "application/toml", "toml");
    put(types, "application/javascript", "js mjs");
    put(types, "application/sql", "sql");
    put(types, "application/rtf", "rtf");
    put(types, "application/x-tex", "tex");
    put(types, "application/x-sh", "sh bash");
    put(types, "image/jpeg", "jpg jpeg jpe");
    put(types, "image/png", "png");
    put(types, "image/gif", "gif");
    put(types, "image/webp", "webp");
    put(types, "image/bmp", "bmp");
    put(types, "image/tiff", "tif tiff");
    put(types, "image/avif", "avif");
    put(types, "image/heic", "heic heif");
    put(types, "image/x-icon", "ico");
    put(types, SVG, "svg");
    put(types, "video/mp4", "mp4 m4v");
    put(types, "video/quicktime", "mov");
    put(types, "video/x-matroska", "mkv");
    put(types, "video/webm", "webm");
    put(types, "video/x-msvideo", "avi");
    put(types, "video/mpeg", "mpg mpeg");
    put(types, "video/ogg", "ogv");
    put(types, "video/x-flv", "flv");
    put(types, "audio/mpeg", "mp3");
    put(types, "audio/wav", "wav");
    put(types, "audio/flac", "flac");
    put(types, "audio/ogg", "ogg oga opus");
    put(types, "audio/mp4", "m4a");
    put(types, "audio/aac", "aac");
    put(types, PARQUET, "parquet");
    put(types, TF_RECORD, "tfrecord tfrecords");
    put(types, PDF, "pdf");
    put(types, DOCX, "docx");
    put(types, PPTX, "pptx");
    put(types, XLSX, "xlsx");
    put(types, ZIP, "zip jar odt epub");
    put(types, "application/gzip", "gz tgz");
    put(types, "application/zstd", "zst");
    put(types, "application/x-tar", "tar");
    put(types, "application/x-7z-compressed", "7z");
    put(types, OCTETS, "bin dat exe dll so class pyc o npy npz pt onnx safetensors");
    return Map.copyOf(types);
  }

  private static void put(Map<String, String> types, String mediaType, String extensions) {
    for (String extension : extensions.split(" ", -1)) {
      types.put(extension, mediaType);
    }
  }
}
