package dev.sluice.local;

import dev.sluice.local.part.ServiceShape;

/** Sluice's four services. */
public enum Service {
  /** Files on their way in. */
  UPLOAD("upload", "upload-service"),
  /** What exists. */
  CATALOG("catalog", "catalog-service"),
  /** Runs on Ray. */
  PROCESSING("processing", "processing-service"),
  /** Vectors and search; its heap holds the embedding model. */
  VECTOR_SINK("vectors", "vector-sink-service");

  private final String schema;
  private final String module;

  Service(String schema, String module) {
    this.schema = schema;
    this.module = module;
  }

  /** Its PostgreSQL schema. */
  public String schema() {
    return schema;
  }

  /** Its PostgreSQL role. */
  public String role() {
    return "sluice_" + schema;
  }

  /** Its Maven module, which is also its name. */
  public String module() {
    return module;
  }

  ServiceShape shape() {
    return switch (this) {
      case UPLOAD -> new ServiceShape(module, 8081, 160, false);
      case CATALOG -> new ServiceShape(module, 8082, 192, false);
      case PROCESSING -> new ServiceShape(module, 8083, 160, true);
      case VECTOR_SINK -> new ServiceShape(module, 8084, 512, false);
    };
  }
}
