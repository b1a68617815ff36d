package dev.sluice.upload.storage;

import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.storage.StoreListing.Unended;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a store answers to ListMultipartUploads, as far as it is needed here. Stores leave out or
 * leave empty what they have no word for (MinIO: owner and storage class), which the client
 * library's own reader refuses.
 *
 * @param uploads that take parts
 * @param truncated whether there are more behind these markers
 */
record UnendedPage(
    List<Unended> uploads, boolean truncated, String nextKeyMarker, String nextUploadIdMarker) {

  /**
   * Reads an answer.
   *
   * @throws IOException when it is no such answer
   */
  static UnendedPage read(InputStream answer) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      return read(factory.createXMLStreamReader(answer));
    } catch (XMLStreamException e) {
      throw new IOException("object store: its list of multipart uploads cannot be read", e);
    }
  }

  private static UnendedPage read(XMLStreamReader xml) throws XMLStreamException, IOException {
    Map<String, String> page = new HashMap<>();
    List<Map<String, String>> uploads = new ArrayList<>();
    Map<String, String> into = page;
    String name = "";
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          name = xml.getLocalName();
          if (name.equals("Upload")) {
            into = new HashMap<>();
            uploads.add(into);
          }
        }
        case XMLStreamConstants.CHARACTERS -> into.putIfAbsent(name, xml.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          name = "";
          into = xml.getLocalName().equals("Upload") ? page : into;
        }
        default -> {}
      }
    }
    if (!page.containsKey("IsTruncated")) {
      throw new IOException("object store: its list of multipart uploads has no IsTruncated");
    }
    boolean encoded = page.getOrDefault("EncodingType", "").equals("url");
    List<Unended> all = new ArrayList<>();
    for (Map<String, String> upload : uploads) {
      all.add(
          new Unended(
              new ObjectKey(decoded(encoded, needed(upload, "Key"))),
              needed(upload, "UploadId"),
              upload.containsKey("Initiated")
                  ? Instant.parse(needed(upload, "Initiated"))
                  : Instant.EPOCH));
    }
    return new UnendedPage(
        List.copyOf(all),
        Boolean.parseBoolean(page.get("IsTruncated")),
        decoded(encoded, page.getOrDefault("NextKeyMarker", "")),
        page.getOrDefault("NextUploadIdMarker", ""));
  }

  private static String needed(Map<String, String> upload, String field) throws IOException {
    String value = upload.get(field);
    if (value == null) {
      throw new IOException("object store: a multipart upload is listed without " + field);
    }
    return value;
  }

  private static String decoded(boolean encoded, String text) {
    return encoded ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
  }
}
