package dev.sluice.catalog.openlineage;

/** Where a run stands, by OpenLineage's names. */
enum RunState {
  START,
  RUNNING,
  COMPLETE,
  ABORT,
  FAIL
}
