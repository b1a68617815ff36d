-- What ran in a run, beyond its command; operators and parameters as JSON.
alter table run_output add column entrypoint_digest text;
alter table run_output add column operators text;
alter table run_output add column parameters text;
alter table run_output add column ray_version text;

-- Whether a version was read, or merged in.
alter table version_input add column kind text not null default 'input'
  check (kind in ('input', 'merged'));

-- Who uploaded how much into a version; a row for each person, however many files.
create table version_upload (
  version_id  uuid        not null references dataset_version (id),
  uploaded_by text        not null,
  files       bigint      not null,
  bytes       bigint      not null,
  first_at    timestamptz not null,
  last_at     timestamptz not null,
  primary key (version_id, uploaded_by)
);
