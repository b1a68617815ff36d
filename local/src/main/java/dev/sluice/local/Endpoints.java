package dev.sluice.local;

/**
 * Where everything is and how to get in, embedded or a team's own.
 *
 * @param api the gateway
 * @param issuer the OpenID issuer
 * @param kafka bootstrap servers
 * @param s3 the object store
 * @param ray Ray's job API
 * @param qdrant Qdrant's gRPC address
 */
record Endpoints(String api, String issuer, String kafka, Store s3, Guarded ray, Guarded qdrant) {

  /** An S3 store with its credentials; the signing key pair and the STS address may be empty. */
  record Store(String endpoint, String region, KeyPair services, KeyPair signing, String sts) {}

  /** An access key and its secret. */
  record KeyPair(String accessKey, String secretKey) {}

  /** An address with the secret it wants, which may be empty. */
  record Guarded(String address, String secret) {}
}
