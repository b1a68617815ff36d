package dev.sluice.upload.part;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** A file as query parameters name it; nothing of it is trusted yet. */
class FileQuery {
  @QueryParam("project")
  @Nullable String project;

  @QueryParam("dataset")
  @Nullable String dataset;

  @QueryParam("version")
  @Nullable String version;

  @QueryParam("path")
  @Nullable String path;

  @QueryParam("size")
  @Nullable Long size;

  @QueryParam("sha256")
  @Nullable String sha256;
}
