package dev.sluice.local.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The part of IAM's policy language that Sluice's own policies use: {@code Allow} of reading,
 * writing and listing, for resources that end with one {@code *} at most. All else is refused
 * rather than half understood.
 */
final class SessionPolicy {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ARN = "arn:aws:s3:::";

  private final List<String> reads = new ArrayList<>();
  private final List<String> writes = new ArrayList<>();
  private final List<String> lists = new ArrayList<>();

  private SessionPolicy() {}

  /**
   * What a policy allows.
   *
   * @throws IllegalArgumentException when it says something that is not understood here
   */
  static Scope scope(String policy, Instant until) {
    SessionPolicy read = new SessionPolicy();
    try {
      each(JSON.readTree(policy).path("Statement")).forEach(read::add);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The policy is no JSON", e);
    }
    return new Scope(until, read.reads, read.writes, read.lists);
  }

  private void add(JsonNode statement) {
    if (!statement.path("Effect").asText().equals("Allow") || statement.has("Condition")) {
      throw new IllegalArgumentException("Only Allow without conditions is understood");
    }
    List<String> places = each(statement.path("Resource")).stream().map(this::place).toList();
    for (JsonNode action : each(statement.path("Action"))) {
      switch (action.asText()) {
        case "s3:GetObject" -> reads.addAll(prefixes(places));
        case "s3:PutObject" -> writes.addAll(prefixes(places));
        case "s3:ListBucket" -> lists.addAll(places);
        case "s3:GetBucketLocation",
            "s3:AbortMultipartUpload",
            "s3:ListMultipartUploadParts",
            "s3:ListBucketMultipartUploads" -> {}
        default -> throw new IllegalArgumentException("Not understood: " + action.asText());
      }
    }
  }

  private String place(JsonNode resource) {
    String arn = resource.asText();
    if (!arn.startsWith(ARN) || arn.length() == ARN.length() || arn.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("Not understood: " + arn);
    }
    return arn.substring(ARN.length());
  }

  private static List<String> prefixes(List<String> places) {
    for (String place : places) {
      int star = place.indexOf('*');
      if (star != place.length() - 1 || place.indexOf('/') < 1) {
        throw new IllegalArgumentException("A resource must be bucket/prefix*: " + place);
      }
    }
    return places.stream().map(place -> place.substring(0, place.length() - 1)).toList();
  }

  private static List<JsonNode> each(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false).toList()
        : List.of(oneOrMany);
  }
}
