package dev.sluice.catalog.croissant;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.dataset.Dataset;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.catalog.version.Version;
import dev.sluice.catalog.version.VersionState.Seal;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a version's Croissant description: what comes before its files, the files, and the
 * end.
 *
 * @param url of the version, without a slash at its end
 * @param rows of its tables, as far as their columns are known
 */
record Croissant(Dataset dataset, Version version, Seal seal, String url, Rows rows) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNodeFactory NEW = JsonNodeFactory.instance;
  private static final String TYPE = "@type";
  private static final String TABLES = idOf(Rows.PARQUET);
  private static final List<String> TERMS =
      List.of(
          "arrayShape",
          "citeAs",
          "column",
          "containedIn",
          "equivalentProperty",
          "excludes",
          "extract",
          "field",
          "fileProperty",
          "fileObject",
          "fileSet",
          "format",
          "includes",
          "isArray",
          "isLiveDataset",
          "jsonPath",
          "key",
          "md5",
          "parentField",
          "path",
          "recordSet",
          "references",
          "regex",
          "repeated",
          "replace",
          "samplingRate",
          "separator",
          "source",
          "subField",
          "transform");

  /** The whole, around its files. */
  byte[] around(byte[] files) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(beginning());
    all.writeBytes(files);
    String records = rows.none() ? "" : ",\"recordSet\":[" + text(rows.of(TABLES)) + "]";
    all.writeBytes(("]" + records + "}").getBytes(UTF_8));
    return all.toByteArray();
  }

  /** Everything but the files; the list of these is open. */
  private byte[] beginning() {
    ObjectNode head = NEW.objectNode();
    head.set("@context", context());
    head.put(TYPE, "sc:Dataset");
    head.put("conformsTo", "http://mlcommons.org/croissant/1.1");
    head.put("name", dataset.name());
    head.put("alternateName", dataset.about().displayName());
    head.put("description", description());
    head.put("license", Objects.requireNonNullElse(dataset.about().licence(), "NOASSERTION"));
    head.put("url", url);
    head.put("version", version.number().value() + ".0.0");
    head.put("identifier", seal.digest().value());
    head.put("dateCreated", version.createdAt().toString());
    head.put("datePublished", seal.at().toString());
    head.set("creator", NEW.objectNode().put(TYPE, "sc:Person").put("name", dataset.creator()));
    head.put("usageInfo", url.substring(0, url.indexOf("/versions/")) + "/card");
    ArrayNode keywords = NEW.arrayNode().add(dataset.dataType().text());
    dataset.about().tags().forEach(keywords::add);
    head.set("keywords", keywords);
    String whole = head.toString();
    return (whole.substring(0, whole.length() - 1) + ",\"distribution\":[").getBytes(UTF_8);
  }

  /** Files, divided by commas. */
  byte[] files(List<VersionFile> files) {
    Stream<ObjectNode> each = files.stream().map(this::file);
    Stream<ObjectNode> all = rows.none() ? each : Stream.concat(each, Stream.of(tables()));
    return all.map(Croissant::text).collect(joined()).getBytes(UTF_8);
  }

  /** The manifest and what it lists, as sets by media type. */
  byte[] sets(Sets sets) {
    ObjectNode manifest =
        NEW.objectNode()
            .put(TYPE, "cr:FileObject")
            .put("@id", "manifest")
            .put("name", "manifest.ndjson")
            .put("description", "A line of JSON for each file: path, size, SHA-256 and media type")
            .put("contentUrl", url + "/manifest")
            .put("contentSize", sets.bytes() + " B")
            .put("encodingFormat", "application/x-ndjson")
            .put("sha256", sets.sha256());
    String all =
        sets.patterns().entrySet().stream()
            .map(set -> set(set.getKey(), set.getValue()))
            .map(Croissant::text)
            .collect(joined());
    return (text(manifest) + (all.isEmpty() ? "" : ",") + all).getBytes(UTF_8);
  }

  /** The files that have the rows, where these are not a set already. */
  private static ObjectNode tables() {
    return set(Rows.PARQUET, List.of("*.parquet", "**/*.parquet"));
  }

  private static ObjectNode set(String mediaType, Iterable<String> patterns) {
    ArrayNode includes = NEW.arrayNode();
    patterns.forEach(includes::add);
    ObjectNode set =
        NEW.objectNode()
            .put(TYPE, "cr:FileSet")
            .put("@id", idOf(mediaType))
            .put("name", mediaType)
            .put("encodingFormat", mediaType);
    set.set("includes", includes);
    return set;
  }

  private static String idOf(String mediaType) {
    return "files/" + encoded(mediaType);
  }

  private ObjectNode file(VersionFile file) {
    String path = Arrays.stream(file.path().split("/")).map(Croissant::encoded).collect(slashed());
    return NEW.objectNode()
        .put(TYPE, "cr:FileObject")
        .put("@id", "file/" + path)
        .put("name", file.path())
        .put("contentUrl", url + "/files/" + path + "?redirect=true")
        .put("contentSize", file.size() + " B")
        .put("encodingFormat", file.mediaType())
        .put("sha256", file.sha256());
  }

  private String description() {
    String said = dataset.about().description();
    return said == null || said.isBlank() ? dataset.about().displayName() : said;
  }

  private static ObjectNode context() {
    ObjectNode context =
        NEW.objectNode().put("@language", "en").put("@vocab", "https://schema.org/");
    TERMS.forEach(term -> context.put(term, "cr:" + term));
    context.put("conformsTo", "dct:conformsTo");
    context.put("cr", "http://mlcommons.org/croissant/");
    context.put("dct", "http://purl.org/dc/terms/");
    context.put("rai", "http://mlcommons.org/croissant/RAI/");
    context.put("sc", "https://schema.org/");
    context.set("data", NEW.objectNode().put("@id", "cr:data").put(TYPE, "@json"));
    context.set("examples", NEW.objectNode().put("@id", "cr:examples").put(TYPE, "@json"));
    context.set("dataType", NEW.objectNode().put("@id", "cr:dataType").put(TYPE, "@vocab"));
    context.set("description", NEW.objectNode().put("@container", "@language"));
    context.set("name", NEW.objectNode().put("@container", "@language"));
    return context;
  }

  private static String text(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write Croissant", e);
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(",");
  }

  private static Collector<CharSequence, ?, String> slashed() {
    return Collectors.joining("/");
  }
}
