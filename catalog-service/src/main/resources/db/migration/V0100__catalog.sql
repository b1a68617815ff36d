-- Tenants; each owns a bucket.
create table project (
  name         text        primary key,
  display_name text        not null,
  bucket       text        not null,
  created_by   text        not null,
  created_at   timestamptz not null
);

-- Who may do what in a project: the truth that the other services copy.
create table member (
  project    text        not null references project (name),
  user_name  text        not null,
  role       text        not null check (role in ('viewer', 'editor', 'owner')),
  changed_at timestamptz not null,
  primary key (project, user_name)
);
create index member_user on member (user_name, project);

-- Named lines of versions. A trashed dataset keeps its row; its name is free again.
create table dataset (
  id                   uuid        primary key,
  project              text        not null references project (name),
  name                 text        not null,
  data_type            text        not null,
  display_name         text        not null,
  application_scenario text,
  description          text,
  tags                 text[]      not null,
  creator              text        not null,
  created_at           timestamptz not null,
  revision             integer     not null,
  last_number          integer     not null, -- highest version number ever given
  latest_number        integer,              -- newest version that is sealed or released
  deleted_at           timestamptz,
  deleted_by           text
);
create unique index dataset_name on dataset (project, name) where deleted_at is null;
create index dataset_trash on dataset (project, name, last_number) where deleted_at is not null;

-- Versions; the nullable columns belong to the states that know them.
create table dataset_version (
  id             uuid        primary key,
  dataset_id     uuid        not null references dataset (id),
  project        text        not null,
  number         integer     not null,
  state          text        not null
                 check (state in ('draft', 'sealed', 'released', 'withdrawn', 'dropped')),
  files          bigint      not null,
  bytes          bigint      not null,
  inherited_from integer,
  produced_by    text        not null,
  run_id         uuid,
  created_by     text        not null,
  created_at     timestamptz not null,
  digest         text,
  sealed_at      timestamptz,
  state_by       text,
  state_at       timestamptz,
  state_reason   text,
  unique (dataset_id, number)
);
-- People share one open draft; runs reserve more beside it.
create unique index dataset_version_open on dataset_version (dataset_id)
  where state = 'draft' and run_id is null;

-- A row per file. Paths compare as UTF-8 bytes, which is the order of the manifest.
create table version_file (
  version_id uuid   not null references dataset_version (id),
  path       text   collate "C" not null,
  size       bigint not null,
  sha256     text   not null,
  media_type text   not null,
  object_key text   not null,
  row_count  bigint,
  primary key (version_id, path)
);

-- Files of a draft that were announced but are not in it (yet).
create table pending_file (
  version_id uuid not null references dataset_version (id),
  path       text collate "C" not null,
  upload_id  uuid not null,
  reason     text not null,
  primary key (version_id, path)
);

-- Output drafts of runs and what ran; the run's node of the lineage.
create table run_output (
  run_id        uuid        primary key,
  project       text        not null references project (name),
  version_id    uuid        not null unique references dataset_version (id),
  requested_by  text        not null,
  reserved_at   timestamptz not null,
  attempt       integer,
  image         text,
  pull_policy   text,
  entrypoint    text,
  submission_id text,
  row_count     bigint
);

-- What a version was made from.
create table version_input (
  version_id       uuid    not null references dataset_version (id),
  position         integer not null,
  input_version_id uuid    not null references dataset_version (id),
  primary key (version_id, position)
);
create index version_input_of on version_input (input_version_id);

-- Where the vectors of a version are.
create table version_index (
  version_id    uuid        not null references dataset_version (id),
  collection    text        not null,
  recipe_digest text        not null,
  points        bigint      not null,
  model         text,
  indexed_at    timestamptz not null,
  primary key (version_id, collection)
);
