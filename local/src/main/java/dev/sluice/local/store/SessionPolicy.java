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
 * writing and listing, for resources that end with one {@code *} at most; listing may be bound to
 * prefixes by {@code StringLike} of {@code s3:prefix}. All else is refused rather than half
 * understood.
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
    if (!statement.path("Effect").asText().equals("Allow")) {
      throw new IllegalArgumentException("Only Allow is understood");
    }
    List<String> listable = listable(statement);
    List<String> places = each(statement.path("Resource")).stream().map(this::place).toList();
    for (JsonNode action : each(statement.path("Action"))) {
      switch (action.asText()) {
        case "s3:GetObject" -> reads.addAll(prefixes(places));
        case "s3:PutObject" -> writes.addAll(prefixes(places));
        case "s3:ListBucket" ->
            places.forEach(bucket -> listable.forEach(prefix -> lists.add(bucket + prefix)));
        case "s3:GetBucketLocation",
            "s3:AbortMultipartUpload",
            "s3:ListMultipartUploadParts",
            "s3:ListBucketMultipartUploads" -> {}
        default -> throw new IllegalArgumentException("Not understood: " + action.asText());
      }
    }
  }

  /** What goes after a bucket's name: nothing for all of it, or a slash and a prefix. */
  private static List<String> listable(JsonNode statement) {
    JsonNode condition = statement.path("Condition");
    if (condition.isMissingNode()) {
      return List.of("");
    }
    JsonNode prefixes = condition.path("StringLike").path("s3:prefix");
    boolean listsAlone = statement.path("Action").asText().equals("s3:ListBucket");
    if (condition.size() != 1
        || condition.path("StringLike").size() != 1
        || prefixes.isMissingNode()
        || !listsAlone) {
      throw new IllegalArgumentException("Only StringLike of s3:prefix for listing is understood");
    }
    return each(prefixes).stream().map(prefix -> "/" + prefixOf(prefix.asText())).toList();
  }

  private static String prefixOf(String pattern) {
    int star = pattern.indexOf('*');
    if (star < 1 || star != pattern.length() - 1 || pattern.indexOf('?') >= 0) {
      throw new IllegalArgumentException("A prefix must end with its one star: " + pattern);
    }
    return pattern.substring(0, star);
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
