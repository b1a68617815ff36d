package dev.sluice.processing.manifest;

/** What Ray Data does with the rows: {@code spec.rayJobConfig.distributeOps}. */
public enum DistributeOps implements Choice {
  MAP("map"),
  FILTER("filter"),
  REPARTITION("repartition");

  private final String text;

  DistributeOps(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
