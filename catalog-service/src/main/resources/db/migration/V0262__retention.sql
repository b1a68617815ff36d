-- Versions whose files were given up: the row, its digest and its audit stay.
alter table dataset_version drop constraint dataset_version_state_check;
alter table dataset_version add constraint dataset_version_state_check
  check (state in ('draft', 'sealed', 'released', 'withdrawn', 'purged', 'dropped'));

-- Which versions of a dataset are kept; none of the two: all of them.
create table retention_rule (
  dataset_id    uuid        primary key references dataset (id) on delete cascade,
  project       text        not null,
  keep_last     integer     check (keep_last > 0),
  keep_days     integer     check (keep_days > 0),
  keep_released boolean     not null,
  set_by        text        not null,
  set_at        timestamptz not null,
  looked_at     timestamptz not null,
  check (keep_last is not null or keep_days is not null)
);
create index retention_rule_due on retention_rule (looked_at);
