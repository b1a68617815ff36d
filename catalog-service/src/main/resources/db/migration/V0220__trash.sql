-- A dataset leaves the trash in steps: once its purge began it cannot be restored; a row stays when
-- versions of others were made from it.
alter table dataset add column purge_started_at timestamptz;
alter table dataset add column purged_at timestamptz;
create index dataset_in_trash on dataset (project, deleted_at, id)
  where deleted_at is not null and purged_at is null;
create index dataset_to_purge on dataset (deleted_at)
  where deleted_at is not null and purged_at is null;

-- Highest version numbers of datasets that are gone, so that object keys are never used twice.
create table purged_name (
  project     text    not null references project (name),
  name        text    not null,
  last_number integer not null,
  primary key (project, name)
);
