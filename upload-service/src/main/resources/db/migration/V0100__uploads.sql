-- Copy of the catalog's datasets, kept by events and read through on a miss.
create table dataset (
  id        uuid    primary key,
  project   text    not null,
  name      text    not null,
  data_type text    not null,
  deleted   boolean not null default false
);
create unique index dataset_name on dataset (project, name) where not deleted;

-- Copy of the catalog's versions; a state never goes back to open.
create table draft (
  dataset_id uuid not null references dataset,
  version    text not null,
  state      text not null check (state in ('open', 'reserved', 'sealed', 'dropped')),
  primary key (dataset_id, version)
);

-- The ledger of uploads. The object store is the truth of parts.
create table upload (
  id              uuid primary key,
  project         text        not null,
  dataset_id      uuid        not null,
  dataset         text        not null,
  version         text        not null,
  data_type       text        not null,
  path            text        not null collate "C",
  size            bigint      not null,
  sha256          text        not null,
  part_size       bigint      not null,
  part_count      int         not null,
  object_key      text        not null,
  store_upload_id text,
  created_by      text        not null,
  created_at      timestamptz not null,
  state           text        not null
    check (state in ('open', 'verifying', 'completed', 'aborted', 'ignored', 'failed')),
  since           timestamptz not null,
  expires_at      timestamptz,
  media_type      text,
  reason          text,
  urls_expire_at  timestamptz,
  cleanup_at      timestamptz,
  lease_owner     uuid,
  lease_until     timestamptz,
  unique (project, object_key)
);
-- Two clients with one file meet in one upload.
create unique index upload_live on upload (dataset_id, version, path)
  where state in ('open', 'verifying');
create index upload_file on upload (dataset_id, version, path, created_at desc);
create index upload_list on upload (project, id);
create index upload_expiring on upload (expires_at) where state = 'open';
create index upload_verifying on upload (since) where state = 'verifying';
create index upload_cleanup on upload (cleanup_at) where cleanup_at is not null;

-- Parts seen in the store, each (upload, part, ETag) once: what ChunkUploaded was said of.
create table upload_part (
  upload_id   uuid        not null references upload,
  part_number int         not null,
  etag        text        not null,
  size        bigint      not null,
  seen_at     timestamptz not null default now(),
  primary key (upload_id, part_number, etag)
);
