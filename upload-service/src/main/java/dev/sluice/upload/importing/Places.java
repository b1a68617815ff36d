package dev.sluice.upload.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.events.ImportEvent.Place;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The places of an order: as a column, as others may see them, and as a key. */
final class Places {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Places() {}

  static String write(List<Place> places) {
    try {
      return JSON.writeValueAsString(places);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write sources", e);
    }
  }

  static List<Place> read(String json) {
    try {
      return JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot read sources", e);
    }
  }

  /** The URL without its query, in which people hide keys; S3's says nothing but where. */
  static String shown(Place place) {
    URI url = URI.create(place.url());
    int query = place.url().indexOf('?');
    return query < 0 || url.getScheme().equals("s3")
        ? place.url()
        : place.url().substring(0, query);
  }

  /** Names the place among those that a dataset was imported from. */
  static String key(Place place) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(place.url().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
