package dev.sluice.processing.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A job's reach as a session policy of IAM. */
final class StoragePolicy {
  private static final String ARN = "arn:aws:s3:::";

  private StoragePolicy() {}

  static String of(JobReach reach) {
    ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    ObjectNode read = statements.addObject().put("Effect", "Allow").put("Action", "s3:GetObject");
    ArrayNode readable = read.putArray("Resource");
    reach.inputs().forEach(prefix -> readable.add(resource(reach.bucket(), prefix)));
    readable.add(resource(reach.bucket(), reach.output()));
    ObjectNode write = statements.addObject().put("Effect", "Allow");
    write
        .putArray("Action")
        .add("s3:PutObject")
        .add("s3:AbortMultipartUpload")
        .add("s3:ListMultipartUploadParts");
    write.put("Resource", resource(reach.bucket(), reach.output()));
    statements
        .addObject()
        .put("Effect", "Allow")
        .put("Action", "s3:ListBucket")
        .put("Resource", ARN + reach.bucket())
        .putObject("Condition")
        .putObject("StringLike")
        .put("s3:prefix", reach.output() + "*");
    return policy.toString();
  }

  static String resource(String bucket, String prefix) {
    return ARN + bucket + "/" + prefix + "*";
  }
}
