package dev.sluice.processing.manifest;

/** How Ray spreads tasks over nodes: {@code spec.rayJobConfig.scheduling}. */
public enum Scheduling implements Choice {
  DEFAULT("DEFAULT"),
  SPREAD("SPREAD");

  private final String text;

  Scheduling(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }
}
