-- What is imported again and again.
create table import_schedule (
  id            uuid primary key,
  project       text        not null,
  dataset       text        not null,
  data_type     text,
  sources       text        not null,
  prefix        text        not null,
  expand        boolean     not null,
  every_seconds bigint      not null check (every_seconds >= 60),
  requested_by  text        not null,
  created_at    timestamptz not null,
  next_at       timestamptz not null,
  deleted_at    timestamptz
);
create index import_schedule_due on import_schedule (next_at) where deleted_at is null;
create index import_schedule_list on import_schedule (project, id) where deleted_at is null;

-- One import. A lease keeps a running one with one replica; every write of that replica is fenced by it.
create table import_job (
  id              uuid primary key,
  project         text        not null,
  dataset         text        not null,
  data_type       text,
  sources         text        not null,
  prefix          text        not null,
  expand          boolean     not null,
  schedule_id     uuid references import_schedule,
  requested_by    text        not null,
  created_at      timestamptz not null,
  traceparent     text        not null,
  state           text        not null check (state in
    ('requested', 'running', 'committing', 'succeeded', 'unchanged', 'failed', 'cancelled')),
  since           timestamptz not null,
  started_at      timestamptz,
  attempt         int         not null,
  reason_code     text,
  reason          text,
  dataset_id      uuid,
  dataset_type    text,
  version         text,
  base_version    text,
  listed          boolean     not null default false,
  tries           int         not null default 0,
  next_at         timestamptz not null,
  lease_owner     uuid,
  lease_until     timestamptz,
  draft_until     timestamptz,
  dropping        boolean     not null default false,
  files_total     bigint      not null default 0,
  files_done      bigint      not null default 0,
  files_unchanged bigint      not null default 0,
  files_ignored   bigint      not null default 0,
  files_failed    bigint      not null default 0,
  bytes_total     bigint      not null default 0,
  bytes_done      bigint      not null default 0
);
create index import_job_list on import_job (project, id);
create index import_job_due on import_job (next_at) where state in ('requested', 'running');
create index import_job_of_dataset on import_job (project, dataset)
  where state in ('running', 'committing');
create index import_job_kept on import_job (draft_until) where draft_until is not null;
create index import_job_dropping on import_job (id) where dropping;

-- What an import found, and what became of it. An archive's own row lies where no file may.
create table import_file (
  import_id   uuid    not null references import_job,
  path        text    not null collate "C",
  kind        text    not null check (kind in ('file', 'archive', 'entry')),
  source_no   int     not null,
  source_path text    not null,
  size        bigint  not null,
  tag         text    not null,
  ranges      boolean not null,
  same_store  text,
  state       text    not null check (state in
    ('unchanged', 'pending', 'sending', 'imported', 'ignored', 'failed', 'expanded')),
  reason      text,
  upload_id   uuid,
  sha256      text,
  primary key (import_id, path)
);
create index import_file_open on import_file (import_id, state)
  where state in ('pending', 'sending', 'failed');
create index import_file_upload on import_file (upload_id) where upload_id is not null;

-- What the imports of a dataset brought last from each source: what an unchanged file is measured by.
create table import_seen (
  dataset_id uuid   not null references dataset,
  source     text   not null,
  path       text   not null collate "C",
  kind       text   not null,
  tag        text   not null,
  size       bigint not null,
  state      text   not null,
  reason     text,
  sha256     text,
  version    text,
  primary key (dataset_id, source, path)
);
