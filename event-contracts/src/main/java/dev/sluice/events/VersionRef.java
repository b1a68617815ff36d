package dev.sluice.events;

/** A version of a dataset of the same project, by name. */
public record VersionRef(String dataset, String version) {
  public VersionRef {
    Fields.required("dataset", dataset);
    Fields.required("version", version);
  }
}
