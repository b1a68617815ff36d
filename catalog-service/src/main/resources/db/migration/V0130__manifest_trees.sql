-- A version's files are a tree of content-defined ranges; versions share the ranges they have in
-- common. Node rows are many, so a project is a number in them.
alter table project add column number integer generated always as identity unique;

create table manifest_node (
  id      uuid        not null, -- first half of the digest
  base    uuid,                 -- the leaf that this one is written as a difference from
  touched timestamptz not null, -- when somebody last began to use it
  project integer     not null,
  body    bytea       not null,
  primary key (project, id)
);
alter table manifest_node alter column body set storage external;

-- The tree of the version's files; of a draft, the one that its changes lie on.
alter table dataset_version
  add column root text not null default '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d';

-- What a draft changes in its tree; a row without a SHA-256 takes the path out.
create table draft_change (
  version_id uuid   not null references dataset_version (id),
  path       text   collate "C" not null,
  size       bigint,
  sha256     text,
  media_type text,
  object_key text,
  crc32c     bigint,
  row_count  bigint,
  primary key (version_id, path)
);

insert into draft_change (version_id, path, size, sha256, media_type, object_key, row_count)
select f.version_id, f.path, f.size, f.sha256, f.media_type, f.object_key, f.row_count
from version_file f join dataset_version v on v.id = f.version_id
where v.state = 'draft';
